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

/** What a part of a text holds. */
export interface AddressPart {
  /** What may be an address: what stands in angle brackets, and each word with an @. */
  addresses: string[]
  /** Addresses that stand as the name of another, as in `bo@example.org <anna@example.org>`. */
  names: string[]
  /** Words that an address was meant with, it seems: `dan.example.org`. */
  meant: string[]
}

/** Names around the addresses are no matter; all that is or looks like an address is in one of the lists. */
export function readPart(part: string): AddressPart {
  const [bracketed, named]: [string[], string[]] = [[], []]
  const outside = part.replace(inBrackets, (_, name: string | undefined, inside: string) => {
    bracketed.push(...singlesOf(inside))
    if (name) named.push(...singlesOf(name))
    return ' '
  })
  const words = wordsOf(outside)
  const known = new Set(bracketed.map((address) => address.toLowerCase()))
  const unknown = (address: string) => !known.has(address.toLowerCase())
  return {
    addresses: [
      ...bracketed,
      ...words
        .filter((word) => word.includes('@'))
        .flatMap(singlesOf)
        .filter(unknown),
    ],
    names: named.filter(unknown),
    meant: words.map(bare).filter((word) => !word.includes('@') && looksMeant(word)),
  }
}

/** Whether a text holds an address or a word that was meant as one. */
export function holdsAddress(text: string): boolean {
  return text.includes('@') || wordsOf(text).map(bare).some(looksMeant)
}

/** An address in brackets, and what stands as its name if that has an @ too. */
const inBrackets = /(?:(?<![^\s"'>])["']?([^\s"'<>@]+@[^\s"'<>@]+)["']?\s{0,9})?<([^<>@]*@[^<>]*)>/g

/** A domain at the end of a word. */
const looksMeant = (word: string) => /[\p{L}\p{N}-]{2}\.\p{L}{2,}$/u.test(word)

/** A slash may stand in an address; between two it parts them. */
const betweenTwo = /(?<=@[^/@]*)\/(?=[^/@]+@)/

const singlesOf = (word: string) => word.split(betweenTwo).map((single) => bare(bare(single).replace(/^mailto:/i, '')))
const bare = (word: string) => word.replace(around, '')

/** A quoted word with an @ stays whole: it is no address that we write to. */
const wordsOf = (part: string) => part.match(/"[^"]*"@\S+|\S+/g) ?? []
