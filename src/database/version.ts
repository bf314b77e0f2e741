import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { DomainError } from '../errors.ts'
import type { Connection } from './sqlite.ts'

interface Wanted {
  /** The database file, for the message. */
  file: string
  /** The folder of its migrations. */
  folder: string
  /** Whether an older one is brought up to date, or refused. */
  updates: boolean
  /** What to do instead of starting the newer version, where it is newer. */
  ifNewer: string
  /** What to do where there is nothing in it. */
  ifEmpty: string
}

/**
 * Sees to it that a database has the tables that this program knows: a newer version beside a running service must not change them
 * under its feet, and an older program must not write into what it does not know.
 * @throws DomainError `conflict` when the database is newer, empty and not to be filled, or older and not to be brought up to date.
 */
export function reachVersion(
  db: BetterSQLite3Database & { $client: Connection },
  { file, folder, updates, ifNewer, ifEmpty }: Wanted,
): void {
  const [has, knows] = [versionOf(db.$client), newestIn(folder)]
  if (has > knows)
    throw new DomainError(
      'conflict',
      `${file} was made by a newer version of this program. Start that version, or ${ifNewer}`,
    )
  if (has === knows) return
  if (!updates && has === 0) throw new DomainError('conflict', `${file} is empty. ${ifEmpty}`)
  if (!updates)
    throw new DomainError(
      'conflict',
      `${file} was made by an older version of this program. Stop the service, make a backup with that version, then update it with: brukarsvar init`,
    )
  migrate(db, { migrationsFolder: folder })
}

/** When the newest migration that a database has seen was written, in milliseconds; 0 for an empty one. */
export function versionOf(client: Connection): number {
  const isThere = client.prepare("select 1 from sqlite_schema where name = '__drizzle_migrations'").get()
  return isThere ? Number(client.prepare('select max(created_at) from __drizzle_migrations').pluck().get()) : 0
}

/** The tables and their columns as text, the same as long as nobody changes them: by a migration or by hand. */
export function shapeOf(client: Connection): string {
  const columns = client
    .prepare(
      `select json_array(t.name, c.cid, c.name, c.type) from sqlite_schema t join pragma_table_info(t.name) c
       where t.type = 'table' and t.name not like 'sqlite\\_%' escape '\\'`,
    )
    .pluck()
    .all()
  return [versionOf(client), ...columns.sort()].join()
}

function newestIn(folder: string): number {
  const journal = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number }[]
  }
  return Math.max(...journal.entries.map(({ when }) => when))
}
