import { randomBytes } from 'node:crypto'
import sodium from 'sodium-native'
import { decodeVisit, encodeVisit, type OpenedVisit, type Visit, visitLength } from './visit-format.ts'

const sealedLength = sodium.crypto_secretbox_NONCEBYTES + sodium.crypto_secretbox_MACBYTES + visitLength

/** Room for what is sealed, used again for every visit. Nothing waits while it is in use. */
const sealed = Buffer.alloc(sealedLength)
const nonce = sealed.subarray(0, sodium.crypto_secretbox_NONCEBYTES)
const box = sealed.subarray(sodium.crypto_secretbox_NONCEBYTES)

/** Seals a visit for a cookie, with the moment it ends. @throws RangeError when something of it does not fit. */
export function sealVisit(key: Buffer, visit: Visit, expiresAt: Date): string {
  sodium.randombytes_buf(nonce)
  sodium.crypto_secretbox_easy(box, encodeVisit(visit, expiresAt), nonce, key)
  return sealed.toString('base64url')
}

/** What a cookie holds; `undefined` for anything this server did not seal. An expired visit says so. */
export function openVisit(key: Buffer, cookie: string, now: Date): OpenedVisit | undefined {
  if (cookie.length !== (sealedLength / 3) * 4 || sealed.write(cookie, 'base64url') !== sealedLength) return undefined
  const bytes = Buffer.allocUnsafe(visitLength)
  return sodium.crypto_secretbox_open_easy(bytes, box, nonce, key) ? decodeVisit(bytes, now) : undefined
}

/** A new idempotency key: 16 random bytes. */
export function newBallotId(): Buffer {
  return randomBytes(16)
}
