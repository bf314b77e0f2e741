import { type Database, fileOf } from '../database/connection.ts'
import { askThread } from '../database/thread.ts'
import { inProject } from '../project-folder.ts'
import { type HistoryOrder, type HistoryOutcome, type HistoryProgress, importHistory } from './import-history.ts'

/** What the thread is started with: its own connection is to this file. */
export interface HistoryWork {
  databaseFile: string
  order: HistoryOrder
}

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const importing = { program: inProject('dist/history/import-thread-program.js'), what: 'The import' }

/** All figures that there can be are held at once, some 400 000, and what was rejected. */
const mostMegabytes = 256

/** A live API may take an hour; a file takes seconds. */
const mostSeconds = 2 * 3600

/**
 * Imports as `importHistory` does, on a thread of its own. A database in memory is written where it is.
 * @throws DomainError what `importHistory` throws, and `unavailable` when it takes too long
 */
export function importOnThread(
  db: Database,
  order: HistoryOrder,
  onProgress: (progress: HistoryProgress) => void = () => {},
  { seconds = mostSeconds } = {},
): Promise<HistoryOutcome> {
  const databaseFile = fileOf(db)
  if (!databaseFile) return importHistory(db, order, onProgress)
  const work: HistoryWork = { databaseFile, order }
  return askThread<HistoryOutcome, HistoryProgress>(importing, work, { megabytes: mostMegabytes, seconds }, onProgress)
}
