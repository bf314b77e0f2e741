import { attribute, plain } from '../../test/support/page-form.ts'

/** A field of a form as a page has it. */
export interface Field {
  name: string
  type: string
  /** What it holds, or what it can be. */
  values: string[]
}

export interface Form {
  action: string
  method: 'GET' | 'POST'
  isMultipart: boolean
  fields: Field[]
}

/** The forms of one of our pages. Its HTML is our own, so that a few expressions read it. */
export function formsIn(page: string, url: string): Form[] {
  return [...page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, start = '', inside = '']) => ({
    action: resolved(attribute(start, 'action') ?? '', url),
    method: /method="?post/i.test(start) ? 'POST' : 'GET',
    isMultipart: start.includes('multipart/form-data'),
    fields: fieldsIn(inside),
  }))
}

/** Where the page leads on this service. */
export function linksIn(page: string, url: string): string[] {
  const found = [...page.matchAll(/\bhref="([^"]+)"/g)].map(([, href]) => resolved(plain(href!), url))
  return found.filter((path) => path.startsWith('/') && !path.startsWith('/assets/'))
}

function fieldsIn(form: string): Field[] {
  const fields = new Map<string, Field>()
  const add = (name: string | undefined, type: string, values: string[]) => {
    if (name) fields.set(name, { name, type, values: [...(fields.get(name)?.values ?? []), ...values] })
  }
  for (const [tag] of form.matchAll(/<(?:input|button)\b[^>]*>/g))
    add(attribute(tag, 'name'), typeOf(tag), [attribute(tag, 'value') ?? ''])
  for (const [, start = '', text = ''] of form.matchAll(/<textarea\b([^>]*)>([^<]*)/g))
    add(attribute(start, 'name'), 'textarea', [plain(text)])
  for (const [, start = '', options = ''] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g))
    add(
      attribute(start, 'name'),
      'radio',
      [...options.matchAll(/value="([^"]*)"/g)].map(([, value]) => plain(value!)),
    )
  return [...fields.values()]
}

function typeOf(tag: string): string {
  const type = attribute(tag, 'type') ?? 'text'
  return type === 'text' && attribute(tag, 'inputmode') === 'numeric' ? 'number' : type
}

function resolved(address: string, url: string): string {
  try {
    const { origin, pathname, search } = new URL(address, `http://here${url}`)
    return origin === 'http://here' ? `${pathname}${search}` : 'elsewhere'
  } catch {
    return 'elsewhere'
  }
}
