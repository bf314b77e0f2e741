import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { DomainError } from '../errors.ts'
import { inProject } from '../project-folder.ts'
import { isThere, namingFile } from './file-trouble.ts'
import * as schema from './schema.ts'
import { type Connection, SQLite } from './sqlite.ts'
import { reachVersion } from './version.ts'

export type Database = BetterSQLite3Database<typeof schema> & { $client: Connection }

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
  return openFile(file, { busyMs, cacheMegabytes: 11, schema, migrations: 'migrations', updates: !mustExist })
}

export interface FileOptions<Schema> {
  busyMs: number
  /** Small: the operating system keeps the rest of the file. */
  cacheMegabytes: number
  schema: Schema
  /** The folder of its migrations, from the root of the project. */
  migrations: string
  /** Whether its tables are made, or brought up to date. */
  updates: boolean
}

/** Opens any of our files in the one way in which they are opened. @throws DomainError that names the file and the mend. */
export function openFile<Schema extends Record<string, unknown>>(
  file: string,
  { busyMs, cacheMegabytes, schema, migrations, updates }: FileOptions<Schema>,
): BetterSQLite3Database<Schema> & AnyDatabase {
  return namingFile(file, () => {
    const client = new SQLite(file, { timeout: busyMs })
    try {
      setPragmas(client)
      client.pragma(`cache_size = -${cacheMegabytes * 1000}`)
      const db = drizzle(client, { schema })
      reachVersion(db, { file, folder: inProject(migrations), updates })
      return db
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
  return error instanceof SQLite.SqliteError && /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY)/.test(error.code)
}

/** Whether another process holds the database just now. */
export function isBusy(error: unknown): boolean {
  return error instanceof SQLite.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code)
}
