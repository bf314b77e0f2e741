import { composed } from './composed.ts'
import { withAsciiDigits } from './digits.ts'

/**
 * What the keyboards of phones and the programs on the way make of a text, undone: quotation marks and dashes of typographers
 * (iOS writes them in password fields too), spaces that do not break, characters that have no shape. Two hyphens, which become one long
 * dash, are one hyphen; three points are three. The same person's text is then the same, on whatever device it is typed.
 */
export function foldTyped(text: string): string {
  return composed(text.replace(/[\p{Cf}\p{Variation_Selector}]/gu, ''))
    .replace(/\p{Zs}/gu, ' ')
    .replace(/[\u2018-\u201b\u02bc\u2032\u2035\u00b4`]/g, "'")
    .replace(/[\u201c-\u201f\u2033\u2036\u00ab\u00bb]/g, '"')
    .replace(/[\p{Pd}\u2212]+/gu, '-')
    .replace(/\u2026/g, '...')
}

/** The same for what holds nothing but letters, digits and signs of ASCII: letters of full width and the digits of any script too. */
export function foldToAscii(text: string): string {
  return withAsciiDigits(foldTyped(composed(foldTyped(text), 'NFKC')))
}
