/**
 * A link or a code as it was before it went through programs of mail and messages: percent-codes read as what they stand for, twice, for
 * gateways encode what is encoded; without signs that nobody sees, and without the line ends of quoted-printable text. This file runs in
 * the browser too.
 */
export const unmangled = (text: string): string => decoded(decoded(text)).replace(/\p{Cf}|=\r?\n/gu, '')

/** Those that stand for nothing stay. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes)
    } catch {
      return codes
    }
  })
}
