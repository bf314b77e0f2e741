/** What runs on the thread of an opening: it closes a round with its key, says how far it has come, and ends. Without a key it writes the file anew. */
import { parentPort, workerData } from 'node:worker_threads'
import { closeDatabase, forgetArrivalOrder, openDatabase } from '../database/connection.ts'
import { DomainError } from '../errors.ts'
import { parseRoundKeyFile } from '../round/round-key.ts'
import { getRound } from '../round/store.ts'
import { openRoundUrn } from './close-round.ts'
import type { OpeningMessage, OpeningOrder } from './opening-thread.ts'

const say = (message: OpeningMessage) => parentPort!.postMessage(message)
const { databaseFile, roundId, keys } = workerData as OpeningOrder
const db = openDatabase(databaseFile, { mustExist: true })

try {
  if (keys === undefined) forgetArrivalOrder(db)
  else await openWith(keys)
} catch (error) {
  const { name, code } = error as Error & { code?: string }
  say({ failed: error instanceof DomainError && error.code === 'conflict' ? 'broken' : 'unexpected', name, code })
} finally {
  closeDatabase(db)
}

async function openWith({ keyFile, spentPepper }: NonNullable<OpeningOrder['keys']>): Promise<void> {
  const round = await getRound(db, roundId)
  const opening = { key: parseRoundKeyFile(keyFile), spentPepper: Buffer.from(spentPepper) }
  const closed = await openRoundUrn(db, round, opening, (percent) => say({ percent }))
  say({ closed })
}
