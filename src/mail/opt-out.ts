import { createHmac, timingSafeEqual } from 'node:crypto'
import type { MailKeys } from './mail-keys.ts'

/**
 * What stands in an opt-out link: the random id of a recipient, and proof that we wrote it. Nothing of the person is in it,
 * and nobody can make one for somebody else.
 */
export function optOutToken({ optOut }: MailKeys, recipientId: string): string {
  const id = Buffer.from(recipientId, 'hex')
  return Buffer.concat([id, proofOf(optOut, id)]).toString('base64url')
}

/** The recipient of a token that we wrote, or `undefined`. */
export function recipientOf({ optOut }: MailKeys, token: string): string | undefined {
  if (!/^[\w-]{43}$/.test(token)) return undefined
  const bytes = Buffer.from(token, 'base64url')
  const id = bytes.subarray(0, 16)
  return timingSafeEqual(bytes.subarray(16), proofOf(optOut, id)) ? id.toString('hex') : undefined
}

const proofOf = (key: Buffer, id: Buffer) => createHmac('sha256', key).update(id).digest().subarray(0, 16)

/** Where a person says that they want no more mail, in the language they were written to. */
export function optOutAddress(publicUrl: string, language: string, token: string): string {
  return `${publicUrl}/${language}/stop/${token}`
}
