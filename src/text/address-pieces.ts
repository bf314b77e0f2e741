/** Where a line may break: what a `<wbr>` is as a sign. */
const breakHere = '\u200b'

/**
 * A text in the pieces between which its lines may break, beside its spaces: web and e-mail addresses in it come apart behind their
 * signs, and not in the middle of a word. This file runs in the browser too.
 */
export function addressPieces(text: string): string[] {
  const brokenBehindSigns = (word: string) => word.replace(/[/.@-]+(?=[^/.@-])/g, `$&${breakHere}`)
  return text.replace(/\S+/g, (word) => (isAddress.test(word) ? brokenBehindSigns(word) : word)).split(breakHere)
}

const isAddress = /@|:\/\/|^www\./
