import { existsSync } from 'node:fs'
import { DomainError } from '../errors.ts'
import { type AnyDatabase, openFile } from './connection.ts'
import { namingFile, writeAndRollBack } from './file-trouble.ts'
import * as schema from './mail-schema.ts'

export type MailDatabase = ReturnType<typeof openMailDatabase>

/**
 * Opens, or makes, the file of addresses and outgoing mail, with the same promises as the other one. It is in no backup.
 * @param updates whether one of an older version is brought up to date.
 * @throws DomainError `conflict` when a pragma does not hold, when it was made by another version, and when it is damaged.
 */
export function openMailDatabase(file: string, { busyMs = 10_000, updates = !existsSync(file) } = {}) {
  try {
    return openFile(file, { busyMs, cacheMegabytes: 4, schema, migrations: 'migrations/mail', updates })
  } catch (cause) {
    if (!/^SQLITE_(CORRUPT|NOTADB)/.test(codeUnder(cause))) throw cause
    throw new DomainError(
      'conflict',
      `${file} is damaged. Stop the service and move it to another folder: a new one is made at the next start, without the email and addresses in this one. No answers are in it.`,
      { cause },
    )
  }
}

/** Whether it can be worked with: opened, and written. @throws DomainError that names the file and the mend. */
export function openUsableMailDatabase(file: string): MailDatabase {
  const db = openMailDatabase(file)
  try {
    namingFile(file, () => writeAndRollBack(db.$client))
    return db
  } catch (error) {
    db.$client.close()
    throw error
  }
}

/** Whether only the file itself is to blame, so that all but mail can go on; not that another version made it. */
export const isOfFile = (error: unknown) => /^SQLITE_/.test(codeUnder(error))

export const mailIsOff = () =>
  new DomainError('unavailable', 'The mail file cannot be used.', { messageKey: 'mailOff' })

/**
 * Stands for a mail file that cannot be used: whoever needs it is refused, and nothing else is.
 * @throws DomainError `unavailable` at every use.
 */
export function noMailDatabase(): MailDatabase {
  const refuse = () => {
    throw mailIsOff()
  }
  return new Proxy({} as MailDatabase, { get: refuse })
}

/** Writes the whole file anew, so that nothing of what was deleted is left in it. */
export function forgetDeleted(mailDb: AnyDatabase): void {
  mailDb.$client.exec('VACUUM')
}

function codeUnder(error: unknown): string {
  const { code = '', cause } = (error ?? {}) as { code?: string; cause?: unknown }
  return /^SQLITE_/.test(code) || cause === undefined ? code : codeUnder(cause)
}
