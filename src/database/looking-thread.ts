import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { endInTime } from '../memory/time-limit.ts'
import { inProject } from '../project-folder.ts'
import { type AnyDatabase, checkPages } from './connection.ts'
import { errorFromThread, SQLite } from './sqlite.ts'

/** What the thread says: `ok`, or what is wrong with the file, or why it could not be looked through. */
export type LookingReply = { found: string } | { error: { message: string; code?: string } }

/** A larger file is not looked through where somebody waits: this one took 2.2 s, with 500 000 people in it. */
export const mostBytes = 512 * 1024 * 1024

/** Longer than the largest file takes on a slow disk. */
const mostSeconds = 60

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const program = inProject('dist/database/looking-thread-program.js')

/**
 * Looks through a file in use, on a thread and a connection of its own: past the pages that the service keeps in memory, and without
 * holding anybody up but who writes. A very large file is not looked at, and one in memory where it is.
 * @throws SqliteError `SQLITE_CORRUPT` when it is damaged, `SQLITE_BUSY` when another program holds it
 */
export async function lookThroughInUse(db: AnyDatabase): Promise<void> {
  const { memory, name: file } = db.$client
  if (!memory && statSync(file).size > mostBytes) return
  const found = memory ? checkPages(db) : await look(file)
  if (found !== 'ok') throw new SQLite.SqliteError(found, 'SQLITE_CORRUPT')
}

function look(file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: file, resourceLimits: { maxOldGenerationSizeMb: 32 } })
    endInTime(worker, () => worker.terminate(), { seconds: mostSeconds })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error(`the thread that looks through ${file} ended without a word`)))
    worker.once('message', (reply: LookingReply) => {
      if ('found' in reply) resolve(reply.found)
      else reject(errorFromThread(reply.error))
    })
  })
}
