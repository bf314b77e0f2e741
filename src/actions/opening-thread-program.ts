/** What runs on the thread of an opening: it closes a round with its key, says how far it has come, and ends. Without a key it writes the file anew. */
import { parentPort, workerData } from 'node:worker_threads'
import { closeDatabase, forgetArrivalOrder, openDatabase } from '../database/connection.ts'
import { DomainError } from '../errors.ts'
import { parseRoundKeyFile } from '../round/round-key.ts'
import { getRound } from '../round/store.ts'
import { openRoundUrn } from './open-urn.ts'
import type { OpeningFailure, OpeningMessage, OpeningOrder } from './opening-thread.ts'

const say = (message: OpeningMessage) => parentPort!.postMessage(message)
const { databaseFile, roundId, keys } = workerData as OpeningOrder
const db = openDatabase(databaseFile, { mustExist: true })

try {
  if (keys === undefined) forgetArrivalOrder(db)
  else await openWith(keys)
} catch (error) {
  const { name, code } = error as Error & { code?: string }
  say({ failed: failureOf(error), name, code })
} finally {
  closeDatabase(db)
}

function failureOf(error: unknown): OpeningFailure['failed'] {
  if (!(error instanceof DomainError) || error.code !== 'conflict') return 'unexpected'
  const { messageKey } = error
  return messageKey === 'otherwise' || messageKey === 'otherPeople' ? messageKey : 'broken'
}

async function openWith({ keyFile, spentPepper, reason }: NonNullable<OpeningOrder['keys']>): Promise<void> {
  const round = await getRound(db, roundId)
  const opening = { key: parseRoundKeyFile(keyFile), spentPepper: Buffer.from(spentPepper), reason }
  const closed = await openRoundUrn(db, round, opening, (percent) => say({ percent }))
  say({ closed })
}
