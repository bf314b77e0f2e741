import { openChecked, sealChecked } from '../crypto/checked.ts'

/** What is known of a person who is invited by e-mail. */
export interface Recipient {
  address: string
  code: string
  language: string
}

/** A mail to a member of staff, as it was queued. */
export interface StaffMail {
  to: string
  subject: string
  text: string
}

/** Longer than any address with its code and language, so that all sealed rows have one length. */
const recipientLength = 320

const shortMail = 2048

/** @param id of the row: what was sealed for one row is nothing in another. */
export function sealRecipient(key: Buffer, id: string, { address, code, language }: Recipient): Buffer {
  const plain = Buffer.alloc(recipientLength, ' ')
  const written = Buffer.from(JSON.stringify([address, code, language]))
  if (written.length > recipientLength) throw new RangeError('an address that is too long')
  written.copy(plain)
  return sealChecked(key, id, plain)
}

/** @throws as `openRow` does. */
export function openRecipient(key: Buffer, id: string, sealed: Buffer): Recipient {
  const [address, code, language] = JSON.parse(openRow(key, id, sealed).toString())
  return { address, code, language }
}

/** All that is short has one length, so that a mail to nobody is as long as one with a name in it; more comes in steps of it. */
export function sealStaffMail(key: Buffer, id: string, mail: StaffMail): Buffer {
  const written = Buffer.from(JSON.stringify(mail))
  const plain = Buffer.alloc(Math.ceil(written.length / shortMail) * shortMail, ' ')
  written.copy(plain)
  return sealChecked(key, id, plain)
}

/** @throws as `openRow` does. */
export function openStaffMail(key: Buffer, id: string, sealed: Buffer): StaffMail {
  return JSON.parse(openRow(key, id, sealed).toString())
}

/** @throws SpoiledError when the row is not as it was written; UnreadableError when it was sealed with another key or for another row. */
export function openRow(key: Buffer, id: string, sealed: Buffer): Buffer {
  const plain = openChecked(key, id, sealed)
  if (!plain) throw new UnreadableError('A row of the mail database does not belong to this key folder.')
  return plain
}

/** What was sealed with another key. */
export class UnreadableError extends Error {}
