/** No word of any language has as many marks on one letter; Unicode's Stream-Safe Text Format (UAX 15) has the same limit. */
const marksOnOneLetter = /(?<!\p{M})(\p{M}{30})\p{M}+/gu

/**
 * A text in Unicode's composed form. What stands on one letter beyond thirty marks is left out: putting many thousands in order, which
 * the form asks for, would take seconds, and minutes for a file.
 */
export function composed(text: string, form: 'NFC' | 'NFKC' = 'NFC'): string {
  return text.replace(marksOnOneLetter, '$1').normalize(form)
}
