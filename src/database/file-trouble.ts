import { accessSync, constants, statSync } from 'node:fs'
import { DomainError, type RefusalCode } from '../errors.ts'
import { type Connection, codeOfSQLite } from './sqlite.ts'

/** What is said of a database that a service runs on and that is not where it was. */
export function wasMoved(file: string): string {
  return `${file} was moved or removed while it was in use. Stop the service, put the file back, or a backup: brukarsvar restore <file>`
}

/** What is the matter with a file, and how it is mended, by what SQLite says. */
const troubles: [code: RegExp, refusal: RefusalCode, sentence: (file: string) => string][] = [
  [
    /^SQLITE_(BUSY|LOCKED)/,
    'unavailable',
    (file) => `Another program is using ${file}. Wait until it has finished, or stop it, then try again.`,
  ],
  [/^SQLITE_FULL/, 'unavailable', (file) => `The disk of ${file} is full. Free up some space, then start again.`],
  [
    /^SQLITE_IOERR/,
    'unavailable',
    (file) => `The disk of ${file} has an error. Check the disk, then run: brukarsvar doctor`,
  ],
  [/^SQLITE_READONLY_DBMOVED/, 'conflict', wasMoved],
  [
    /^SQLITE_CANTOPEN_ISDIR/,
    'conflict',
    (file) => `${file} is a folder where a file is expected. Move it away, then start again.`,
  ],
  [
    /^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/,
    'conflict',
    (file) =>
      `Cannot write to ${file} or its folder. Make the disk writable and this user their owner, then start again.`,
  ],
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    'conflict',
    (file) =>
      `${file} is damaged. Stop the service, keep the file, and put a backup in its place: brukarsvar restore <file>`,
  ],
]

/** What SQLite says of a file, but for two things: a folder is named as one, and a file or a journal that may only be read is no error of the disk. */
export function codeOf(code: string, file: string): string {
  if (code === 'SQLITE_CANTOPEN' && isFolder(file)) return 'SQLITE_CANTOPEN_ISDIR'
  return /^SQLITE_IOERR/.test(code) && ![file, `${file}-journal`].every(mayWrite) ? 'SQLITE_READONLY' : code
}

/** Whether this user may write a file, as far as its mode says; one that is not there can be made. */
function mayWrite(file: string): boolean {
  try {
    accessSync(file, constants.W_OK)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}

/**
 * Works on a database file. @throws DomainError that names the file and the mend, `unavailable` when it is held, or the disk is full or has an error,
 * `conflict` when it cannot be written or is damaged; anything else as it was thrown.
 */
export function namingFile<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw named(file, cause)
  }
}

/** The same of work that is waited for. */
export async function namingFileLater<T>(file: string, work: () => Promise<T>): Promise<T> {
  return work().catch((cause) => {
    throw named(file, cause)
  })
}

function named(file: string, cause: unknown): unknown {
  const said = codeOfSQLite(cause)
  const code = said && codeOf(said, file)
  const trouble = troubles.find(([pattern]) => pattern.test(code))
  if (!trouble) return cause
  const [, refusal, sentence] = trouble
  return new DomainError(refusal, sentence(file), { cause })
}

/**
 * Writes into a database and takes it back: the database itself is not touched. SQLite opens a file that it may not write without a
 * word, and on a full disk the first write is the journal.
 * @throws SqliteError when nothing could be stored.
 */
export function writeAndRollBack({ $client: client }: { $client: Connection }): void {
  client.exec('begin immediate')
  try {
    client.pragma(`user_version = ${client.pragma('user_version', { simple: true })}`) // the first page comes into the journal
  } finally {
    if (client.inTransaction) client.exec('rollback')
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** Whether there is something at a path. @throws Error of the system when this user may not look: that is not the same as nothing. */
export function isThere(path: string): boolean {
  try {
    statSync(path)
    return true
  } catch (error) {
    if (/^(ENOENT|ENOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}
