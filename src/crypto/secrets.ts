import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** What stands in a one-time link or a cookie: 32 random bytes that nobody guesses. */
export const newToken = () => randomBytes(32).toString('base64url')

/** What stands in the database for a token, of staff or of a tablet. It is random, so a plain hash is enough. */
export function fingerprint(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** Stands in every form of a session, and cannot be known without its cookie. */
export function formToken(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('form').digest('base64url')
}

/** A key of its own for each purpose, from one file of the key folder. 32 bytes. */
export function keyFor(staffKey: Buffer, purpose: string): Buffer {
  return createHmac('sha256', staffKey).update(purpose).digest()
}

/** The cookie that tells a browser somebody has signed in with before, so that strangers' attempts do not slow them down. */
export function knownDevice(staffKey: Buffer, email: string): string {
  const whose = createHmac('sha256', keyFor(staffKey, 'known device')).update(email).digest('base64url')
  return `${whose}.${signature(staffKey, whose)}`
}

/** Whether a cookie was given to somebody who had signed in; whose it is, only {@link knownDevice} tells. */
export function isDevice(staffKey: Buffer, device: string): boolean {
  const [whose = '', signed = ''] = device.split('.')
  const [given, wanted] = [Buffer.from(signed), Buffer.from(signature(staffKey, whose))]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

const signature = (staffKey: Buffer, whose: string) =>
  createHmac('sha256', keyFor(staffKey, 'device that was given')).update(whose).digest('base64url')
