import { composed } from '../text/composed.ts'

const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g
/**
 * Control characters, what has no shape of its own but turns or hides text, and what is no character at all, U+FFFD too.
 * The joiners stay: Persian needs them.
 */
const unseen = /\p{Cc}|(?![\u200c\u200d])[\p{Cf}\u2065]|\p{Cs}|\p{Noncharacter_Code_Point}|\ufffd/gu
const spaces = /\p{Zs}/gu

/**
 * Text as it may be kept and shown: without control characters and those that turn or hide text, in Unicode's composed
 * form, on one line, with plain spaces, none of them at an end. Cleaning twice gives the same as cleaning once.
 */
export function cleanText(text: string): string {
  if (/^(?:[!-~]+(?: +[!-~]+)*)?$/.test(text)) return text
  const visible = text.replace(lineBreaks, ' ').replace(unseen, '').replace(spaces, ' ')
  return composed(visible).trim()
}
