import { existsSync } from 'node:fs'
import type { Config } from '../config.ts'
import { closeDatabase } from '../database/connection.ts'
import { addressesMayBeIn, lookThrough, openMailDatabase } from '../database/mail-connection.ts'
import { explain } from '../explain.ts'
import { listWrittenTo } from '../mail/recipient-store.ts'
import { trySmtp } from '../mail/smtp.ts'
import { lookThroughRows } from '../mail/store.ts'
import type { Trouble } from '../mail/trouble.ts'
import { isOver } from '../round/round.ts'
import type { AnswerStores } from '../stores.ts'
import { examineWriting } from './examine-writing.ts'
import { type Finding, fault, ok, warning } from './finding.ts'

/** Of a round that is over no address is to be left: the close takes them out, or the service at its next start. */
export async function examineAddresses({ mailDatabaseFile: file }: Config, stores: AnswerStores): Promise<Finding[]> {
  const over = (await stores.round.listRounds()).filter(({ state }) => isOver(state)).map(({ id }) => id)
  if (over.length === 0 || !existsSync(file)) return []
  const found = await roundsWrittenTo(file).catch(() => undefined)
  if (!found) return [warning('addresses', `${addressesMayBeIn(file)}. Rounds that are over: ${over.join(', ')}`)]
  const left = over.filter((id) => found.includes(id))
  return left.length === 0
    ? []
    : [
        warning(
          'addresses',
          `${file} has addresses of rounds that are over: ${left.join(', ')}. The service takes them out at its next start`,
        ),
      ]
}

async function roundsWrittenTo(file: string): Promise<string[]> {
  const mailDb = openMailDatabase(file)
  try {
    return await listWrittenTo(mailDb)
  } finally {
    closeDatabase(mailDb)
  }
}

/** The file is looked through: the service starts without it, and tells staff that email is turned off. */
export function examineMailFile({ mailDatabaseFile: file }: Config): Finding[] {
  if (!existsSync(file)) return []
  try {
    const mailDb = openMailDatabase(file)
    try {
      lookThrough(file, mailDb)
      lookThroughRows(mailDb)
      return [examineWriting('mail file', file, mailDb)]
    } finally {
      closeDatabase(mailDb)
    }
  } catch (error) {
    return [fault('mail file', explain(error).message)]
  }
}

const mailTroubles: Record<Trouble, string> = {
  unreachable: 'nobody answers at that address and port',
  encryption: 'it offers no encryption, or a certificate that is not trusted',
  signIn: 'it does not accept the user and password of SMTP_URL, or wants them',
  sender: 'it does not accept the sender of MAIL_FROM',
  refuses: 'it refuses this service',
  notNow: 'it takes nothing just now',
  other: 'it cannot be used',
}

/** Connects, encrypts and signs in, as the service does before each mail; no mail is sent. */
export async function examineMail({ mail }: Config): Promise<Finding> {
  if (!mail.smtpUrl) return warning('mail', 'no mail server is set, so that emails wait: set SMTP_URL and MAIL_FROM')
  const server = new URL(mail.smtpUrl).host
  const problem = await trySmtp(mail.smtpUrl)
  if (!problem) return ok('mail', `${server} can be used; no mail was sent`)
  const { trouble, code, command, responseCode } = problem
  return fault(
    'mail',
    `${server}: ${mailTroubles[trouble]} (${[code, command, responseCode].filter(Boolean).join(' ')})`,
  )
}
