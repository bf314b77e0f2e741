import { createHash, randomBytes } from 'node:crypto'
import sodium from 'sodium-native'
import { DomainError } from '../errors.ts'
import { checkedText, keyFileText, readKeyFileText } from './key-file-text.ts'

/** The pair of keys of a round. Only the public one is ever stored in the database. */
export interface RoundKey {
  roundId: string
  publicKey: Buffer
  secretKey: Buffer
}

/** A fresh pair for libsodium's sealed boxes (X25519, XSalsa20-Poly1305). */
export function createRoundKey(roundId: string): RoundKey {
  const publicKey = Buffer.alloc(sodium.crypto_box_PUBLICKEYBYTES)
  const secretKey = Buffer.alloc(sodium.crypto_box_SECRETKEYBYTES)
  sodium.crypto_box_keypair(publicKey, secretKey)
  return { roundId, publicKey, secretKey }
}

/** Seals so that only the holder of the round's private key can read; 48 bytes longer than the message. */
export function sealTo(publicKey: Buffer, message: Uint8Array): Buffer {
  const sealed = Buffer.allocUnsafe(message.length + sodium.crypto_box_SEALBYTES)
  sodium.crypto_box_seal(sealed, message, publicKey)
  return sealed
}

/** What was sealed, or `undefined` when it was not sealed to this key or was changed since. */
export function openSealed({ publicKey, secretKey }: RoundKey, sealed: Buffer): Buffer | undefined {
  if (sealed.length < sodium.crypto_box_SEALBYTES) return undefined
  const message = Buffer.alloc(sealed.length - sodium.crypto_box_SEALBYTES)
  return sodium.crypto_box_seal_open(message, sealed, publicKey, secretKey) ? message : undefined
}

/** The key file, for two safe places. */
export function roundKeyFile({ roundId, secretKey }: RoundKey): string {
  const secret = secretKey.toString('hex')
  return keyFileText({ roundId, secret, check: checksum(roundId, secret) })
}

/**
 * Reads a key file.
 * @throws DomainError `invalid` when it is not a key file or was mistyped.
 */
export function parseRoundKeyFile(text: string): RoundKey {
  const file = readKeyFileText(text)
  if (!file) throw new DomainError('invalid', 'This is not the key file of a round.', { messageKey: 'notKey' })
  const { roundId, secret, check } = file
  if (check !== checksum(roundId, secret))
    throw new DomainError('invalid', 'The key file is damaged: its check line does not fit.', {
      messageKey: 'damagedKey',
    })

  const secretKey = Buffer.from(secret, 'hex')
  const publicKey = Buffer.alloc(sodium.crypto_box_PUBLICKEYBYTES)
  sodium.crypto_scalarmult_base(publicKey, secretKey)
  return { roundId, publicKey, secretKey }
}

/**
 * The key drill: a test ballot is sealed with the key in the database and opened with the one in the file.
 * @throws DomainError `invalid` when the file cannot open it. Collecting then would mean losing every answer.
 */
export function drillRoundKey(round: { id: string; publicKey: Buffer }, key: RoundKey): void {
  const testBallot = randomBytes(64)
  if (key.roundId !== round.id || !openSealed(key, sealTo(round.publicKey, testBallot))?.equals(testBallot)) {
    throw new DomainError('invalid', `The key file does not open the ballots of round ${round.id}.`, {
      messageKey: 'wrongKey',
    })
  }
}

function checksum(roundId: string, secret: string): string {
  return createHash('sha256').update(checkedText({ roundId, secret })).digest('hex').slice(0, 8)
}
