import { statSync } from 'node:fs'
import { inProject } from '../project-folder.ts'
import { type AnyDatabase, checkPages } from './connection.ts'
import { SQLite } from './sqlite.ts'
import { askThread } from './thread.ts'

/** A larger file is not looked through where somebody waits: this one took 2.2 s, with 500 000 people in it. */
export const mostBytes = 512 * 1024 * 1024

/** Longer than the largest file takes on a slow disk. */
const mostSeconds = 60

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const looking = {
  program: inProject('dist/database/looking-thread-program.js'),
  what: 'A look through a file',
}

/**
 * Looks through a file in use, on a thread and a connection of its own: past the pages that the service keeps in memory, and without
 * holding anybody up but who writes. A very large file is not looked at, and one in memory where it is.
 * @throws SqliteError `SQLITE_CORRUPT` when it is damaged, `SQLITE_BUSY` when another program holds it
 */
export async function lookThroughInUse(db: AnyDatabase): Promise<void> {
  const { memory, name: file } = db.$client
  if (!memory && statSync(file).size > mostBytes) return
  const found = memory
    ? checkPages(db)
    : await askThread<string>(looking, file, { megabytes: 32, seconds: mostSeconds })
  if (found !== 'ok') throw new SQLite.SqliteError(found, 'SQLITE_CORRUPT')
}
