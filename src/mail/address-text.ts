/** Characters without a shape of their own, which come along when text is copied; tabs and line breaks stay. */
const unseen = /\p{Cf}|(?![\t\n\v\f\r\u0085])\p{Cc}|\ufffd/gu
/** What stands around an address and is no part of it. */
const around = /^[\s"'“”„‘’‚«»()[\]<>,:;]+|(?<![\s"'“”„‘’‚«»()[\]<>.,:;])[\s"'“”„‘’‚«»()[\]<>.,:;]+$/gu

/**
 * The parts of a text with addresses, each with one address or a few, and their names: between semicolons, commas, bars and line
 * breaks that stand in no quotes. A comma inside a name that is followed by its address, as in `Berg, Anna <anna@example.se>`, parts
 * nothing. Empty parts are left out.
 */
export function partsOf(text: string): string[] {
  const clean = text.replace(unseen, '').replaceAll('＠', '@')
  const parts: string[] = []
  for (const [part] of clean.matchAll(/(?:"[^"\n]*"|[^,;|\n\v\f\r\u0085\u2028\u2029])+/gu)) {
    const before = parts.at(-1)
    if (before !== undefined && !before.includes('@') && /<[^<>@]*@[^<>]*>/.test(part)) parts[parts.length - 1] += part
    else if (part.trim() !== '') parts.push(part)
  }
  return parts.map((part) => part.trim())
}

/** What may be an address in a part: what stands in angle brackets, or else each word with an @. Names around them are no matter. */
export function addressesIn(part: string): string[] {
  const bracketed = [...part.matchAll(/<([^<>@]*@[^<>]*)>/g)].map(([, inside]) => inside!)
  const words = bracketed.length > 0 ? bracketed : wordsOf(part).filter((word) => word.includes('@'))
  return words.map((word) => word.trim().replace(/^mailto:/i, '')).map((word) => word.replace(around, ''))
}

/** A quoted word with an @ stays whole: it is no address that we write to. */
const wordsOf = (part: string) => part.match(/"[^"]*"@\S+|\S+/g) ?? []
