/**
 * Digits as people's keyboards and files give them. This file runs in the browser too, and imports nothing.
 */
const decimalDigit = /\p{Nd}/u

/**
 * A text in which every decimal digit of any script stands as 0-9: `４٢৭` becomes `427`. Everything else stays,
 * also numbers that are no digits, such as `½`, `②` and `Ⅳ`.
 */
export function withAsciiDigits(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (sign) => (decimalDigit.test(sign) ? String(digitValue(sign)) : sign))
}

/** The digits of a text in any script, as 0-9; everything else is dropped. */
export function asciiDigits(text: string): string {
  return withAsciiDigits(text).replace(/[^0-9]/g, '')
}

/** Unicode keeps the ten digits of a script together and in order (The Unicode Standard, 4.6), so that counting back finds the zero. */
function digitValue(digit: string): number {
  const place = digit.codePointAt(0)!
  let before = 0
  while (decimalDigit.test(String.fromCodePoint(place - before - 1))) before++
  return before % 10
}
