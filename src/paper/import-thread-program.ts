/** What runs on the thread of an import: it writes one file's ballots, says what came of it, and ends. */
import { workerData } from 'node:worker_threads'
import { closeDatabase, openDatabase } from '../database/connection.ts'
import { answerOnce } from '../database/thread.ts'
import { asBuffer } from '../memory/as-buffer.ts'
import { type ImportWork, writeImport } from './import-thread.ts'

const { databaseFile, work } = workerData as { databaseFile: string; work: ImportWork }

await answerOnce(async () => {
  const db = openDatabase(databaseFile, { mustExist: true })
  try {
    const { ballotIds, sealed, spentTags, spentPepper } = work
    const bytes = { ballotIds, sealed, spentTags, spentPepper }
    const buffers = Object.fromEntries(Object.entries(bytes).map(([name, some]) => [name, asBuffer(some)]))
    return await writeImport(db, {
      ...work,
      ...(buffers as typeof bytes),
      file: { ...work.file, tag: asBuffer(work.file.tag) },
    })
  } finally {
    closeDatabase(db)
  }
})
