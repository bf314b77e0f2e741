import { createHash, pbkdf2Sync, randomBytes, randomInt } from 'node:crypto'

/** A one-time link is made of 16 random bytes, the key of a device of 32: nobody guesses them. */
export const newEnrolmentToken = () => randomBytes(16).toString('base64url')

/** What stands in the database for a token or a key. Both are random, so a plain hash is enough. */
export function fingerprint(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

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

/** Six digits. */
export function newPin(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}
