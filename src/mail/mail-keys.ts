import { createHmac } from 'node:crypto'
import { keyFor } from '../crypto/secrets.ts'

/** The keys of e-mail, each for one purpose, made of one file of the key folder. 32 bytes each. */
export interface MailKeys {
  /** Seals addresses, codes, and mails to staff. */
  seal: Buffer
  /** Turns an address into what stands for it. */
  address: Buffer
  /** Signs opt-out links. */
  optOut: Buffer
  /** Makes ids of messages. */
  messageId: Buffer
}

export function mailKeys(staffKey: Buffer): MailKeys {
  const mail = keyFor(staffKey, 'mail')
  const key = (purpose: string) => keyFor(mail, purpose)
  return { seal: key('seal'), address: key('address'), optOut: key('opt-out'), messageId: key('message id') }
}

/** What stands for an address within a round, so that nobody is written to twice or after they said no. 32 bytes. */
export function addressTag({ address: key }: MailKeys, roundId: string, address: string): Buffer {
  return createHmac('sha256', key).update(`${roundId}|${address.toLowerCase()}`).digest()
}

/** The id of a message, the same at every attempt. Without the key it leads nowhere. */
export function messageIdOf({ messageId: key }: MailKeys, what: string, host: string): string {
  return `<${createHmac('sha256', key).update(what).digest('hex').slice(0, 32)}@${host}>`
}
