import { statSync } from 'node:fs'
import { DomainError, type RefusalCode } from '../errors.ts'
import { type Connection, SQLite } from './sqlite.ts'

/** What is the matter with a file, and how it is mended, by what SQLite says. That somebody else holds it passes by itself. */
const troubles: [code: RegExp, refusal: RefusalCode, sentence: (file: string) => string][] = [
  [/^SQLITE_FULL/, 'unavailable', (file) => `The disk of ${file} is full. Free up some space, then start again.`],
  [
    /^SQLITE_IOERR/,
    'unavailable',
    (file) => `The disk of ${file} has an error. Check the disk, then run: brukarsvar doctor`,
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

/**
 * Works on a database file. @throws DomainError that names the file and the mend, `unavailable` when the disk is full or has an error,
 * `conflict` when it cannot be written or is damaged; anything else as it was thrown.
 */
export function namingFile<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const code = cause instanceof SQLite.SqliteError ? cause.code : ''
    const trouble = troubles.find(([pattern]) => pattern.test(code))
    if (!trouble) throw cause
    const [, refusal, sentence] = trouble
    throw new DomainError(refusal, sentence(file), { cause })
  }
}

/**
 * Writes into a database and takes it back: the database itself is not touched. SQLite opens a file that it may not write without a
 * word, and on a full disk the first write is the journal.
 * @throws SqliteError when nothing could be stored.
 */
export function writeAndRollBack(client: Connection): void {
  client.exec('begin immediate')
  try {
    client.pragma(`user_version = ${client.pragma('user_version', { simple: true })}`) // the first page comes into the journal
  } finally {
    if (client.inTransaction) client.exec('rollback')
  }
}

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
