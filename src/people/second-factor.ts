import { createHmac, randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { foldToAscii } from '../text/typed-text.ts'

/** A fresh secret for an authenticator: 160 bits (RFC 4226), in base32. */
export const newTotpSecret = () => new Secret({ size: 20 }).base32

const totpOf = (secret: string, email: string) =>
  new TOTP({ issuer: 'Brukarsvar', label: email, secret: Secret.fromBase32(secret), period: 30, digits: 6 })

/** What the authenticator reads as a QR code. */
export function totpAddress(secret: string, email: string): string {
  return totpOf(secret, email).toString()
}

/**
 * The time step a number belongs to (RFC 6238), or `undefined` when it is wrong or was used before. One step to either side is
 * taken, for clocks differ.
 */
export function totpStepOf(secret: string, number: string, now: Date, lastStep: number): number | undefined {
  const digits = foldToAscii(number).replace(/[\s-]/g, '')
  if (!/^\d{6}$/.test(digits)) return undefined
  const delta = totpOf(secret, '').validate({ token: digits, timestamp: now.getTime(), window: 1 })
  if (delta === null) return undefined
  const step = Math.floor(now.getTime() / 30_000) + delta
  return step > lastStep ? step : undefined
}

const letters = 'abcdefghjkmnpqrstuvwxyz23456789' // none that are taken for each other

/** Ten codes such as `k7mq2-x9dpr`, each good for one sign-in without the authenticator. */
export function newRecoveryCodes(): string[] {
  const letter = () => letters[randomInt(letters.length)]!
  const half = () => Array.from({ length: 5 }, letter).join('')
  return Array.from({ length: 10 }, () => `${half()}-${half()}`)
}

/** What stands in the database for a recovery code, however it was typed. It is short enough to be guessed, so it takes a key. */
export function recoveryTag(key: Buffer, staffId: string, code: string): Buffer {
  return createHmac('sha256', key)
    .update(
      `${staffId}|${foldToAscii(code)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '')}`,
    )
    .digest()
}
