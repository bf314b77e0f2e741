/** What runs on the thread of an import: it writes one file's ballots, says what came of it, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { closeDatabase, openDatabase } from '../database/connection.ts'
import { errorToSend } from '../database/sqlite.ts'
import { asBuffer } from '../memory/as-buffer.ts'
import { type ImportReply, type ImportWork, writeImport } from './import-thread.ts'

const { databaseFile, work } = workerData as { databaseFile: string; work: ImportWork }

parentPort!.postMessage(await write())

async function write(): Promise<ImportReply> {
  const db = openDatabase(databaseFile, { mustExist: true })
  try {
    const destinations = work.destinations.map(({ spentTag, ...where }) =>
      spentTag ? { ...where, spentTag: asBuffer(spentTag) } : where,
    )
    const file = { ...work.file, tag: asBuffer(work.file.tag) }
    const [ballotIds, sealed] = [asBuffer(work.ballotIds), asBuffer(work.sealed)]
    const spentPepper = asBuffer(work.spentPepper)
    return { result: await writeImport(db, { ballotIds, sealed, destinations, spentPepper, file }) }
  } catch (error) {
    return { error: errorToSend(error) }
  } finally {
    closeDatabase(db)
  }
}
