/** What runs on the urn's thread: it opens the database, says for each batch what became of it, and ends when told to. */
import { parentPort, workerData } from 'node:worker_threads'
import { neverWait, openDatabase } from '../database/connection.ts'
import { prepareCommit, type SealedBallot } from './store.ts'
import type { BatchReply } from './urn-thread.ts'

const db = openDatabase(workerData.databaseFile, { mustExist: true })
neverWait(db)
const commit = prepareCommit(db)

parentPort!.on('message', (message: SealedBallot[] | 'close') => {
  if (message !== 'close') return parentPort!.postMessage(write(message))
  db.$client.close()
  parentPort!.close()
})

function write(batch: SealedBallot[]): BatchReply {
  try {
    return { outcomes: commit(batch.map(withBuffers)) }
  } catch (error) {
    const { message, code } = error as Error & { code?: string }
    return { error: { message, code } }
  }
}

/** Buffers arrive from another thread as plain byte arrays. */
function withBuffers({ ballotId, sealed, spentTag, ...rest }: SealedBallot): SealedBallot {
  return { ...rest, ballotId: asBuffer(ballotId), sealed: asBuffer(sealed), spentTag: spentTag && asBuffer(spentTag) }
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
