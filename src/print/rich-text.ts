import { inItsDirection, isolatedIn } from '../language/isolated.ts'
import type { Language } from '../language/languages.ts'
import { partsOf, type TextPart } from '../language/swedish-words.ts'
import { composed } from '../text/composed.ts'

/** A text as its parts; those that are `sv` are Swedish words in a text of another language. */
export type Rich = TextPart[]

/** The parts of a text of ours. Swedish words are isolated, so that brackets stay where they belong. */
export function rich(text: string, dir: Language['dir'] = 'ltr'): Rich {
  return partsOf(text).map((part) => (part.sv ? { ...part, text: isolatedIn({ dir }, part.text) } : part))
}

/**
 * The letters that the fonts hold (test/print/printing.test.ts sets them all): Latin, Cyrillic, Arabic as it is written in Arabic,
 * Persian, Pashto, Kurdish and Urdu, Ethiopic, and common signs. Marks that turn the direction of what follows, and all other
 * invisible ones, are not among them.
 */
const unprintable =
  /[^ -~\u00a0-\u00ac\u00ae-\u024f\u1e00-\u1e9b\u1e9e\u1ea0-\u1ef9\u0400-\u045f\u0490\u0491\u060c\u061b\u061f\u0621-\u063a\u0640-\u0658\u0660-\u0671\u0674\u0679\u067c\u067e\u0681\u0685\u0686\u0688\u0689\u0691\u0693\u0695\u0696\u0698\u069a\u06a4\u06a9-\u06ab\u06ad\u06af\u06b5\u06ba\u06bc-\u06be\u06c0-\u06c3\u06c6-\u06d0\u06d2-\u06d5\u06f0-\u06f9\u200c\u1200-\u1248\u124a-\u124d\u1250-\u1256\u1258\u125a-\u125d\u1260-\u1288\u128a-\u128d\u1290-\u12b0\u12b2-\u12b5\u12b8-\u12be\u12c0\u12c2-\u12c5\u12c8-\u12d6\u12d8-\u1310\u1312-\u1315\u1318-\u135a\u1361-\u1368\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020\u2022\u2026\u20ac]/gu

/** Text on one line in Unicode's composed form, without what is not seen. Persian words need the non-joiner. */
const onOneLine = (text: string): string =>
  composed(text)
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/(?!\u200c)\p{C}|[\ufe00-\ufe0f]/gu, '')
    .trim()

/** The same, of at most 200 characters. */
const oneLine = (text: string): string => [...onOneLine(text)].slice(0, 200).join('')

/** The letters in what people wrote that no font of ours has, each once; a form that is refused for them names them. */
export function unprintableLetters(lines: readonly string[]): string[] {
  return [...new Set(lines.flatMap((line) => oneLine(line).match(unprintable) ?? []))]
}

/**
 * A line that people wrote - a unit, an address - made safe to set: one line of at most 200 characters, nothing that turns its
 * surroundings around, a question mark for a letter that no font of ours has (forms refuse those before), and very long words
 * given places to break; but no address of e-mail or of a page that fits a line, which would be copied with them.
 */
export const peoplesLine = (text: string): string => inItsDirection(printable(oneLine(text)))

/** A paragraph that people wrote, made safe in the same way, of any length: it is for a block that has its direction. */
export const peoplesParagraph = (text: string): string => printable(onOneLine(text))

function printable(line: string): string {
  const long = /[^\s\u200c-]{24}(?=[^\s-])/gu
  return line
    .replace(unprintable, '?')
    .split(' ')
    .map((word) => (word.length <= 60 && /@|:\/\/|^www\./.test(word) ? word : word.replace(long, '$&\u200b')))
    .join(' ')
}
