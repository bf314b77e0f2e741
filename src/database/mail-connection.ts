import { existsSync, statSync } from 'node:fs'
import { SpoiledError } from '../crypto/checked.ts'
import { DomainError } from '../errors.ts'
import { type AnyDatabase, checkPages, type DatabaseOf, isBusy, openFile } from './connection.ts'
import { namingFile, writeAndRollBack } from './file-trouble.ts'
import { mostBytes } from './looking-thread.ts'
import { codeOfSQLite } from './sqlite.ts'

export type MailDatabase = DatabaseOf<'mail'>

const aNewOne =
  'move it to another folder: a new one is made at the next start, without the email and addresses in this one. No answers are in it.'

/**
 * Opens, or makes, the file of addresses and outgoing mail, with the same promises as the other one. It is in no backup.
 * @param updates whether one of an older version is brought up to date.
 * @throws DomainError `conflict` when a pragma does not hold, when it was made by another version, and when it is damaged.
 */
export function openMailDatabase(
  file: string,
  { busyMs = 10_000, updates = isMissingOrEmpty(file) } = {},
): MailDatabase {
  return namingMailFile(file, () =>
    openFile(file, {
      ...{ busyMs, cacheMegabytes: 4, migrations: 'migrations/mail', updates },
      ...{ ifNewer: aNewOne, ifEmpty: `Stop the service and ${aNewOne}` },
    }),
  )
}

const isMissingOrEmpty = (file: string) => !existsSync(file) || statSync(file).size === 0

interface LookingOptions {
  busyMs?: number
  looksThrough?: boolean
  looksAt?: (db: MailDatabase) => void
}

/**
 * Whether it can be worked with: opened, and written, and no page of it is damaged.
 * @param looksThrough whether its pages are looked at, and by `looksAt` what its rows hold, unless it is very large. Nothing else is done
 * meanwhile.
 * @throws DomainError that names the file and the mend.
 */
export function openUsableMailDatabase(
  file: string,
  { busyMs, looksThrough = true, looksAt = () => {} }: LookingOptions = {},
): MailDatabase {
  const db = openMailDatabase(file, { busyMs })
  try {
    namingMailFile(file, () => writeAndRollBack(db))
    if (looksThrough && statSync(file).size <= mostBytes) {
      lookThrough(file, db)
      looksAt(db)
    }
    return db
  } catch (error) {
    db.$client.close()
    throw error
  }
}

/** Looks at all its pages. @throws DomainError that names the file and the mend. */
export function lookThrough(file: string, db: MailDatabase): void {
  const found = namingMailFile(file, () => checkPages(db))
  if (found !== 'ok') throw damaged(file, new Error(found))
}

/** Works on the mail file as `namingFile` does, with the mend of this one: it is in no backup. */
export function namingMailFile<T>(file: string, work: () => T): T {
  try {
    return namingFile(file, work)
  } catch (error) {
    throw isDamage(error) ? damaged(file, error) : error
  }
}

/** Whether a file was met that is damaged. */
export const isDamage = (error: unknown) =>
  error instanceof SpoiledError || /^SQLITE_(CORRUPT|NOTADB)/.test(codeUnder(error))

/** What is said of a mail file that is damaged, and how it is mended. */
export const damaged = (file: string, cause: unknown) =>
  new DomainError('conflict', `${file} is damaged. Stop the service and ${aNewOne}`, { cause })

/** Closes it, also where it could never be opened. */
export function closeMail(mailDb: MailDatabase): void {
  try {
    mailDb.$client.close()
  } catch (error) {
    if (!isBusy(error) && !isOfFile(error)) throw error
  }
}

/** Whether another program holds the file just now, which passes. */
export const isHeld = (error: unknown) => error instanceof DomainError && isBusy(error.cause)

/** Whether only the file itself is to blame, also that another version made it, so that all but mail can go on. */
export const isOfFile = (error: unknown) => error instanceof DomainError || /^SQLITE_/.test(codeUnder(error))

/** What is said of a file from which addresses could not be taken out at the close of a round. */
export const addressesMayBeIn = (file: string) =>
  `${file} cannot be used, so that the addresses of people who were invited by email may still be in it. Stop the service, move it away and destroy it, with every copy`

/** Where both databases lie, for a thread that opens them itself; nothing where one is in memory. */
export function filesOf(
  { $client: answers }: AnyDatabase,
  { $client: mail }: AnyDatabase,
): { databaseFile: string; mailDatabaseFile: string } | undefined {
  return answers.memory || mail.memory ? undefined : { databaseFile: answers.name, mailDatabaseFile: mail.name }
}

/** Writes the whole file anew, so that nothing of what was deleted is left in it. */
export function forgetDeleted(mailDb: AnyDatabase): void {
  mailDb.$client.exec('VACUUM')
}

/** What SQLite said under the words of others. */
function codeUnder(error: unknown): string {
  return codeOfSQLite(error) || (error instanceof Error && error.cause ? codeUnder(error.cause) : '')
}
