import { type Database, fileOf } from '../database/connection.ts'
import { patient } from '../database/patience.ts'
import { askThread } from '../database/thread.ts'
import { tellRound } from '../fieldwork/tell.ts'
import { inProject } from '../project-folder.ts'

/** A round to be told, for a day that has ended. */
export interface RoundToTell {
  roundId: string
  day: string
  today: string
}

/** What the thread is started with: its own connection is to this file. */
export interface TellingWork {
  databaseFile: string
  patienceMs: number
  told: RoundToTell
}

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const telling = { program: inProject('dist/actions/telling-thread-program.js'), what: 'A night' }

/** The largest round takes some seconds. */
const mostSeconds = 300

/**
 * Tells a round as `tellRound` does, on a thread of its own: a night of the whole nation is written at once, which takes longer than
 * anybody else may wait. A database in memory is told where it is.
 * @throws DomainError `unavailable` when it takes too long; nothing is told then.
 */
export async function tellOnThread(db: Database, told: RoundToTell, patienceMs: number): Promise<boolean> {
  const databaseFile = fileOf(db)
  if (!databaseFile) return tellRound(db, told, patient(patienceMs))
  const work: TellingWork = { databaseFile, patienceMs, told }
  return askThread<boolean>(telling, work, { megabytes: 128, seconds: mostSeconds })
}
