import { pbkdf2, pbkdf2Sync, randomBytes, randomInt } from 'node:crypto'
import { promisify } from 'node:util'
import { fingerprint } from '../crypto/secrets.ts'
import { linkHours } from './tablet.ts'

/** A one-time link is made of 16 random bytes, the key of a device of 32: nobody guesses them. */
export const newEnrolmentToken = () => randomBytes(16).toString('base64url')

/** Where a tablet enrols. The token stands in the fragment, which browsers never send to anybody. */
export function enrolmentAddress(publicUrl: string, token: string): string {
  return `${publicUrl}/tablet/#${token}`
}

/** How often a PIN is hashed. It slows down whoever has the device and reads its storage; it cannot stop them: the corner holds counts only. */
export const pinRounds = 100_000

export interface PinHash {
  salt: Buffer
  hash: Buffer
}

/** PBKDF2 with SHA-256, which every browser can do by itself. */
export function hashPin(pin: string): PinHash {
  const salt = randomBytes(16)
  return { salt, hash: pbkdf2Sync(pin, salt, pinRounds, 32, 'sha256') }
}

const derive = promisify(pbkdf2)

/** The same on a thread of its own, where answers come in meanwhile. */
export async function hashPinAside(pin: string): Promise<PinHash> {
  const salt = randomBytes(16)
  return { salt, hash: await derive(pin, salt, pinRounds, 32, 'sha256') }
}

/** The digits of a PIN: the tablet's corner takes no others. */
export const pinDigits = /^\d{4,8}$/

/**
 * A one-time link for a device, shown once and kept nowhere, and what stands for it in the database.
 * @param now the link is good for `linkHours` from then
 */
export function newLink(publicUrl: string, now: Date): { url: string; enrolmentTag: Buffer; enrolUntil: Date } {
  const token = newEnrolmentToken()
  const enrolUntil = new Date(now.getTime() + linkHours * 3_600_000)
  return { url: enrolmentAddress(publicUrl, token), enrolmentTag: fingerprint(token), enrolUntil }
}

/** Six digits. */
export function newPin(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}
