import { existsSync, statSync } from 'node:fs'
import { DomainError } from '../errors.ts'
import { type AnyDatabase, type DatabaseOf, isBusy, neverWait, openFile } from './connection.ts'
import { namingFile, writeAndRollBack } from './file-trouble.ts'

export type MailDatabase = DatabaseOf<'mail'>

/** The mail file as a service has it. */
export interface MailFile {
  db: MailDatabase
  /** Whether it cannot be used until the next start. */
  isOff: () => boolean
}

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
  try {
    return openFile(file, {
      ...{ busyMs, cacheMegabytes: 4, migrations: 'migrations/mail', updates },
      ...{ ifNewer: aNewOne, ifEmpty: `Stop the service and ${aNewOne}` },
    })
  } catch (cause) {
    if (!/^SQLITE_(CORRUPT|NOTADB)/.test(codeUnder(cause))) throw cause
    throw new DomainError('conflict', `${file} is damaged. Stop the service and ${aNewOne}`, { cause })
  }
}

const isMissingOrEmpty = (file: string) => !existsSync(file) || statSync(file).size === 0

/** Whether it can be worked with: opened, and written. @throws DomainError that names the file and the mend. */
export function openUsableMailDatabase(file: string, { busyMs }: { busyMs?: number } = {}): MailDatabase {
  const db = openMailDatabase(file, { busyMs })
  try {
    namingFile(file, () => writeAndRollBack(db))
    return db
  } catch (error) {
    db.$client.close()
    throw error
  }
}

/**
 * For a file that another program holds just now: opened at the first use for which it is free. Until then whoever uses it meets the
 * SqliteError of a held file, and tries again later. One that then cannot be used is off, as it would have been at the start.
 * @param onOff is told once why it is off.
 */
export function mailFileWhenFree(file: string, onOff: (error: Error) => void): MailFile {
  let opened: MailDatabase | undefined
  let isOff = false
  function open(): MailDatabase {
    if (opened) return opened
    if (isOff) throw mailIsOff()
    try {
      opened = openUsableMailDatabase(file, { busyMs: 0 })
    } catch (error) {
      if (isHeld(error)) throw (error as Error).cause
      if (!isOfFile(error)) throw error
      isOff = true
      onOff(error as Error)
      throw mailIsOff()
    }
    neverWait(opened)
    return opened
  }
  const get = (_: MailDatabase, name: string | symbol) => {
    const db = open()
    const value = Reflect.get(db, name)
    return typeof value === 'function' ? value.bind(db) : value
  }
  return { db: new Proxy({} as MailDatabase, { get }), isOff: () => isOff }
}

/** A look at the file is good for so long, in milliseconds. */
const lookMs = 5_000

/** Whether the mail file can be written just now, for those who watch the service. One that another program holds is not to blame. */
export function followMail(mailDb: MailDatabase, clock: () => Date): () => boolean {
  let looked: { at: number; isUsable: boolean } | undefined
  const look = () => {
    try {
      writeAndRollBack(mailDb)
      return true
    } catch (error) {
      return isBusy(error)
    }
  }
  return () => {
    const now = clock().getTime()
    if (!looked || Math.abs(now - looked.at) >= lookMs) looked = { at: now, isUsable: look() }
    return looked.isUsable
  }
}

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

export const mailIsOff = () =>
  new DomainError('unavailable', 'The mail file cannot be used.', { messageKey: 'mailOff' })

/** Stands for a mail file that cannot be used: whoever needs it is refused, with a DomainError `unavailable`, and nothing else is. */
export function mailFileOff(): MailFile {
  const refuse = () => {
    throw mailIsOff()
  }
  return { db: new Proxy({} as MailDatabase, { get: refuse }), isOff: () => true }
}

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

function codeUnder(error: unknown): string {
  const { code = '', cause } = (error ?? {}) as { code?: string; cause?: unknown }
  return /^SQLITE_/.test(code) || cause === undefined ? code : codeUnder(cause)
}
