/** How long the token of a one-time link is: 16 bytes in base64url. */
const tokenLength = 22

/**
 * The token of a one-time link as it really arrives in the fragment of an address: encoded by a mail program, with a full stop taken along,
 * with what a network has added. `broken` says that something stands there that cannot be a whole token.
 */
export function readLink(fragment: string): { token?: string; isBroken: boolean } {
  const text = decoded(decoded(fragment))
    .replace(/=\r?\n/g, '') // a line's end in quoted-printable text
    .replace(/^[#\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/, '')
  const token = /^[\w-]*/.exec(text)![0]
  if (token.length === tokenLength) return { token, isBroken: false }
  return { isBroken: text !== '' }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
