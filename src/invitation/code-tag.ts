import { createHmac } from 'node:crypto'

/**
 * What stands for a survey code in the database. Without the pepper nobody can get from a code to its tag or back.
 * HMAC-SHA-256 (RFC 2104) of round and digits; 32 bytes.
 */
export function codeTag(codePepper: Buffer, roundId: string, digits: string): Buffer {
  return createHmac('sha256', codePepper).update(`${roundId}|${digits}`).digest()
}

/**
 * What stands for "this code was used". A second pepper, so that the invitations and the used marks
 * of a stolen database cannot be laid side by side. 32 bytes.
 */
export function spentTag(spentPepper: Buffer, tag: Buffer): Buffer {
  return createHmac('sha256', spentPepper).update(tag).digest()
}
