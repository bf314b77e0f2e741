import { createHmac, randomBytes } from 'node:crypto'
import sodium from 'sodium-native'

const keyOf = (key: Buffer, whom: string) => createHmac('sha256', key).update(whom).digest()

/**
 * Seals a few bytes so that only the holder of the key can read or change them, and for one person only: what was sealed for
 * somebody is nothing for anybody else. XSalsa20-Poly1305; 40 bytes longer than the message.
 */
export function sealFor(key: Buffer, whom: string, message: Buffer): Buffer {
  const nonce = randomBytes(sodium.crypto_secretbox_NONCEBYTES)
  const sealed = Buffer.alloc(message.length + sodium.crypto_secretbox_MACBYTES)
  sodium.crypto_secretbox_easy(sealed, message, nonce, keyOf(key, whom))
  return Buffer.concat([nonce, sealed])
}

/** The reverse of {@link sealFor}; `undefined` for another key, another person, or changed bytes. */
export function openFor(key: Buffer, whom: string, bytes: Buffer): Buffer | undefined {
  const nonce = bytes.subarray(0, sodium.crypto_secretbox_NONCEBYTES)
  const sealed = bytes.subarray(nonce.length)
  if (sealed.length < sodium.crypto_secretbox_MACBYTES) return undefined
  const message = Buffer.alloc(sealed.length - sodium.crypto_secretbox_MACBYTES)
  return sodium.crypto_secretbox_open_easy(message, sealed, nonce, keyOf(key, whom)) ? message : undefined
}
