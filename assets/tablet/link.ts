import { unmangled } from '../../src/text/unmangled.ts'

/** How long the token of a one-time link is: 16 bytes in base64url. */
const tokenLength = 22

/**
 * The token of a one-time link as it really arrives in the fragment of an address: encoded by a mail program, with a full stop taken along,
 * with what a network has added. `broken` says that something stands there that cannot be a whole token.
 */
export function readLink(fragment: string): { token?: string; isBroken: boolean } {
  const text = unmangled(fragment).replace(/^[#\s]+/, '')
  const token = /^[\w-]*/.exec(text)![0]
  if (token.length === tokenLength) return { token, isBroken: false }
  return { isBroken: text !== '' }
}
