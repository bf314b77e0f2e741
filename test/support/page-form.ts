/** The fields of a page's form as a browser would send them untouched. @throws Error when the page has no such form. */
export function formIn(page: string, action: string): Record<string, string | string[]> {
  const form = page.split('<form').find((part) => part.includes(`action="${action}"`))
  if (!form) throw new Error(`no form for ${action}`)
  const fields = new Map<string, string[]>()
  for (const [tag] of form.split('</form>')[0]!.matchAll(/<input [^>]*>/g)) {
    const [name, value = ''] = [attribute(tag, 'name'), attribute(tag, 'value')]
    if (!name || (/type="(?:checkbox|radio)"/.test(tag) && !/\bchecked\b/.test(tag))) continue
    fields.set(name, [...(fields.get(name) ?? []), value])
  }
  for (const [, start, text] of form.matchAll(/<textarea ([^>]*)>([^<]*)</g))
    fields.set(attribute(start!, 'name')!, [plain(text!)])
  return Object.fromEntries([...fields].map(([name, values]) => [name, values.length > 1 ? values : values[0]!]))
}

/** The value of an attribute of a tag, as it was before it was written as HTML. */
export const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : plain(found)
}

/** Text as it was before it was written as HTML. */
export const plain = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
