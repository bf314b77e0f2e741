import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import { DomainError } from '../errors.ts'
import { inProject } from '../project-folder.ts'
import { isThere, namingFile } from './file-trouble.ts'
import { type Connection, codeOfSQLite, SQLite } from './sqlite.ts'
import { reachVersion } from './version.ts'

/**
 * One of our database files; what it holds is known to the compiler only, so that none is taken for another. Its answers are waited for,
 * though SQLite has them at once: another engine will not.
 */
export type DatabaseOf<What extends string> = BaseSQLiteDatabase<'async', { changes: number }> & {
  $client: Connection
  readonly holds?: What
  /** Where another engine than SQLite is asked. */
  readonly $engine?: Engine
}

/** What an engine does in its own way. */
interface Engine {
  /** As `transaction` says. */
  transaction(steps: (tx: Transaction) => Generator<unknown>): Promise<unknown>
}

export type Database = DatabaseOf<'answers'>

/** The same as SQLite has it, for what is written for this engine alone. */
export const onSQLite = (db: AnyDatabase | Transaction) =>
  db as unknown as BetterSQLite3Database & { $client: Connection }

/** What can be done within one transaction. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/** Any of our database files. */
export type AnyDatabase = { $client: Connection }

/**
 * What the promises rest on, and what each would cost to lose. WAL keeps history and, with its default of synchronous=NORMAL,
 * loses acknowledged answers in a power cut; without secure_delete, deleted rows stay readable in the file.
 */
const pragmas = [
  ['journal_mode', 'truncate'],
  ['synchronous', 2], // FULL
  ['secure_delete', 1],
  ['temp_store', 2], // MEMORY
  ['foreign_keys', 1],
  ['trusted_schema', 0],
] as const

/**
 * Opens the database and asserts its pragmas. Where it need not exist it is made, or its tables are brought up to date; where it must
 * exist it is taken as it is.
 * @param busyMs how long one statement may wait for another process.
 * @throws DomainError `not-found` when it must exist and does not, `conflict` when a pragma does not hold, when it was made by a newer
 * version of this program, and when it must exist and was made by an older one.
 */
export function openDatabase(file: string, { busyMs = 10_000, mustExist = false } = {}): Database {
  if (mustExist && file !== ':memory:' && !isThere(file))
    throw new DomainError('not-found', `There is no database at ${file}. Create one with: brukarsvar init`)
  return openFile(file, {
    ...{ busyMs, cacheMegabytes: 11, migrations: 'migrations', updates: !mustExist },
    ifNewer: 'restore a backup from before: brukarsvar restore <file>',
    ifEmpty:
      'If there were answers in it, put a backup in its place: brukarsvar restore <file>. If it is to be a new one: brukarsvar init',
  })
}

export interface FileOptions {
  busyMs: number
  /** Small: the operating system keeps the rest of the file. */
  cacheMegabytes: number
  /** The folder of its migrations, from the root of the project. */
  migrations: string
  /** Whether its tables are made, or brought up to date. */
  updates: boolean
  /** What is said to do where it is newer than this program, and where there is nothing in it. */
  ifNewer: string
  ifEmpty: string
}

/** Opens any of our files in the one way in which they are opened. @throws DomainError that names the file and the mend. */
export function openFile<What extends string>(
  file: string,
  { busyMs, cacheMegabytes, migrations, ...wanted }: FileOptions,
): DatabaseOf<What> {
  return namingFile(file, () => {
    const client = new SQLite(file, { timeout: busyMs })
    try {
      setPragmas(client)
      client.pragma(`cache_size = -${cacheMegabytes * 1000}`)
      const db = drizzle(client)
      reachVersion(db, { file, folder: inProject(migrations), ...wanted })
      return db as unknown as DatabaseOf<What>
    } catch (error) {
      client.close()
      throw error
    }
  })
}

/**
 * From now on a statement that meets a locked database fails at once. A server must not wait inside a statement:
 * that would stop everybody. It tries again by itself.
 */
export function neverWait(db: AnyDatabase): void {
  db.$client.pragma('busy_timeout = 0')
}

/** Ends the work with a database: nothing can be asked of it afterwards. */
export function closeDatabase(db: AnyDatabase): void {
  db.$client.close()
}

/** Where it lies, for those who open it on a thread of their own; `undefined` for one that is in memory only. */
export function fileOf({ $client }: AnyDatabase): string | undefined {
  return $client.memory ? undefined : $client.name
}

/** Does work of which nothing would be missed after a power cut, without waiting for the disk. */
export async function withoutSync(db: AnyDatabase, work: () => Promise<void>): Promise<void> {
  db.$client.pragma('synchronous = off')
  try {
    await work()
  } finally {
    db.$client.pragma('synchronous = full')
  }
}

/** What can be wrong with a file that opens: `integrity` says `ok` where nothing is, and so many rows name what is not there. */
export function examineDatabaseFile({ $client }: AnyDatabase): {
  integrity: string
  broken: string[]
  dangling: number
} {
  return {
    integrity: String($client.pragma('integrity_check', { simple: true })),
    broken: brokenPragmas($client),
    dangling: ($client.pragma('foreign_key_check') as unknown[]).length,
  }
}

/** A quicker look at the pages of a file: `ok`, or what is wrong. */
export function checkPages({ $client }: AnyDatabase): string {
  return String($client.pragma('quick_check(1)', { simple: true }))
}

/** Writes the whole file anew in the order of the tables' keys, which are random: until then rows of a page lie as they came. */
export function forgetArrivalOrder(db: Database): void {
  db.$client.exec('VACUUM')
}

/** The pragmas that do not hold on this connection, as text; empty when all do. */
export function brokenPragmas(client: Connection): string[] {
  return pragmas
    .filter(([name]) => !(name === 'journal_mode' && client.memory))
    .filter(([name, wanted]) => client.pragma(name, { simple: true }) !== wanted)
    .map(([name, wanted]) => `${name} is ${client.pragma(name, { simple: true })}, not ${wanted}`)
}

function setPragmas(client: Connection): void {
  for (const [name, wanted] of pragmas) client.pragma(`${name} = ${wanted}`)
  const broken = brokenPragmas(client)
  if (broken.length > 0)
    throw new DomainError('conflict', `The database does not keep its promises: ${broken.join('; ')}`)
}

/** Whether an error says that another process holds the database, or that the disk is full: true for "try again later". */
export function isPassing(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY)/.test(codeOfSQLite(error))
}

/** Whether an error says that a row could not go because another names it. */
export function isReferred(error: unknown): boolean {
  return codeOfSQLite(error) === 'SQLITE_CONSTRAINT_FOREIGNKEY'
}

/** Whether another process holds the database just now. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOfSQLite(error))
}
