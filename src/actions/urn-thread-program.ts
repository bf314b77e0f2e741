/** What runs on the urn's thread: it opens the database, says for each group what became of it, and ends when told to. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { closeDatabase, neverWait, openDatabase } from '../database/connection.ts'
import { errorToSend } from '../database/sqlite.ts'
import { asBuffer } from '../memory/as-buffer.ts'
import type { SealedBallot } from '../urn/sealed-ballot.ts'
import { prepareCommit } from './record-response.ts'
import type { GroupReply, UrnMessage } from './urn-thread.ts'

const port = parentPort!
const db = openDatabase(workerData.databaseFile, { mustExist: true })
neverWait(db)
const commit = prepareCommit(db)

port.on('message', (first: UrnMessage) => {
  const messages = [first, ...alsoWaiting()]
  const groups = messages.filter((message) => message !== 'close')
  if (groups.length > 0) port.postMessage(write(groups))
  if (!messages.includes('close')) return
  closeDatabase(db)
  port.close()
})

/** What has come while the transaction before was on its way to the disk. */
function alsoWaiting(): UrnMessage[] {
  const messages: UrnMessage[] = []
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) messages.push(next.message)
  return messages
}

/** Writes groups in one transaction or, when that fails, each in its own, so that none takes another along. */
function write(groups: SealedBallot[][]): GroupReply[] {
  try {
    const outcomes = commit(groups.flat().map(withBuffers))
    return groups.map(({ length }) => ({ outcomes: outcomes.splice(0, length) }))
  } catch (error) {
    if (groups.length > 1) return groups.flatMap((group) => write([group]))
    return [{ error: errorToSend(error) }]
  }
}

/** Buffers arrive from another thread as plain byte arrays. */
function withBuffers({ ballotId, sealed, spentTag, sealedMark, ...rest }: SealedBallot): SealedBallot {
  const marks = { spentTag: spentTag && asBuffer(spentTag), sealedMark: sealedMark && asBuffer(sealedMark) }
  return { ...rest, ...marks, ballotId: asBuffer(ballotId), sealed: asBuffer(sealed) }
}
