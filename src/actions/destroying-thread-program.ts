/** What runs on the thread of a destruction: it destroys the answers of one round, and ends. */
import { workerData } from 'node:worker_threads'
import { closeDatabase, openDatabase } from '../database/connection.ts'
import { answerOnce } from '../database/thread.ts'
import type { DestroyingWork } from './destroy-round.ts'
import { destroyHere } from './destroy-round.ts'

const { databaseFile, roundId, destroying } = workerData as DestroyingWork

await answerOnce(async () => {
  const db = openDatabase(databaseFile, { mustExist: true })
  try {
    await destroyHere(db, roundId, destroying)
  } finally {
    closeDatabase(db)
  }
})
