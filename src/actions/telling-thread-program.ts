/** What runs on the thread of a night: it tells one round, says whether it was told now, and ends. */
import { workerData } from 'node:worker_threads'
import { closeDatabase, openDatabase } from '../database/connection.ts'
import { answerOnce } from '../database/thread.ts'
import { tellRound } from '../fieldwork/tell.ts'
import type { TellingWork } from './telling-thread.ts'

const { databaseFile, patienceMs, told } = workerData as TellingWork

await answerOnce(async () => {
  const db = openDatabase(databaseFile, { mustExist: true, busyMs: patienceMs })
  try {
    return await tellRound(db, told)
  } finally {
    closeDatabase(db)
  }
})
