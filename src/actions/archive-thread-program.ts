/** What runs on the thread of an archive package: it makes the one of a round, hands it over, and ends. */
import { workerData } from 'node:worker_threads'
import { closeDatabase, openDatabase } from '../database/connection.ts'
import { answerOnce } from '../database/thread.ts'
import { type ArchiveWork, makeArchive } from './archive-package.ts'

const { databaseFile, roundId, tools, part } = workerData as ArchiveWork

await answerOnce(async () => {
  const db = openDatabase(databaseFile, { mustExist: true })
  try {
    return await makeArchive(db, roundId, tools, part)
  } finally {
    closeDatabase(db)
  }
})
