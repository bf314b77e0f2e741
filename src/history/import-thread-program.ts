/** What runs on the thread of an import of earlier years: it reads, writes all together, and says how far it is. */
import { workerData } from 'node:worker_threads'
import { closeDatabase, openDatabase } from '../database/connection.ts'
import { answerOnce } from '../database/thread.ts'
import { type HistoryOutcome, type HistoryProgress, importHistory } from './import-history.ts'
import type { HistoryWork } from './import-thread.ts'

const { databaseFile, order } = workerData as HistoryWork

/** So often it says how far it is, in milliseconds. */
const between = 200

await answerOnce<HistoryOutcome, HistoryProgress>(async (tell) => {
  const db = openDatabase(databaseFile, { mustExist: true })
  let toldAt = 0
  try {
    return await importHistory(db, order, (progress) => {
      if (performance.now() - toldAt < between) return
      toldAt = performance.now()
      tell(progress)
    })
  } finally {
    closeDatabase(db)
  }
})
