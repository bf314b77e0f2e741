/** What runs on the thread of an opening: it closes a round with its key, says how far it has come, and ends. Without a key it writes the file anew. */
import { parentPort, workerData } from 'node:worker_threads'
import { forgetArrivalOrder, openDatabase } from '../database/connection.ts'
import { DomainError } from '../errors.ts'
import { openRoundUrn } from '../round/closing.ts'
import { parseRoundKeyFile } from '../round/round-key.ts'
import { getRound } from '../round/store.ts'
import type { OpeningMessage, OpeningOrder } from './opening-thread.ts'

const say = (message: OpeningMessage) => parentPort!.postMessage(message)
const { databaseFile, roundId, keyFile } = workerData as OpeningOrder
const db = openDatabase(databaseFile, { mustExist: true })
const every = 500 // ballots between two reports

try {
  if (keyFile === undefined) forgetArrivalOrder(db)
  else await openWith(keyFile)
} catch (error) {
  const { name, code } = error as Error & { code?: string }
  say({ failed: error instanceof DomainError && error.code === 'conflict' ? 'broken' : 'unexpected', name, code })
} finally {
  db.$client.close()
}

async function openWith(text: string): Promise<void> {
  const round = await getRound(db, roundId)
  const closed = await openRoundUrn(db, round, parseRoundKeyFile(text), (opened, all) => {
    if (opened % every === 0) say({ opened, all })
  })
  say({ closed })
}
