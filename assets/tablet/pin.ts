import type { Device } from '../../src/tablet/tablet.ts'
import { withAsciiDigits } from '../../src/text/digits.ts'
import { toBase64 } from './seal.ts'

/** Whether these are the device's digits, in any script: known without a network, by the hash that the server made. */
export async function isPin(typed: string, { salt, hash, rounds }: Device['pin']): Promise<boolean> {
  const digits = new TextEncoder().encode(withAsciiDigits(typed.trim()))
  const key = await crypto.subtle.importKey('raw', digits, 'PBKDF2', false, ['deriveBits'])
  const bits = await crypto.subtle.deriveBits(
    {
      name: 'PBKDF2',
      hash: 'SHA-256',
      salt: Uint8Array.from(atob(salt), (letter) => letter.charCodeAt(0)),
      iterations: rounds,
    },
    key,
    256,
  )
  return toBase64(new Uint8Array(bits)) === hash
}

/** Seconds to wait before the next try after so many wrong ones: nothing for the first three, then 5, 10, 20 … up to ten minutes. */
export function secondsToWait(wrong: number): number {
  return wrong < 3 ? 0 : Math.min(600, 5 * 2 ** (wrong - 3))
}
