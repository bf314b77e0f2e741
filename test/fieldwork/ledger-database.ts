import { randomBytes } from 'node:crypto'
import { openDatabase } from '../../src/database/connection.ts'
import { openRound } from '../support/service.ts'

/** A real database with a collecting round, without the pages around it. */
export async function openLedger() {
  const db = openDatabase(':memory:')
  const { id: roundId, key, strata } = await openRound(db)
  return { db, roundId, key, strata, codePepper: randomBytes(32) }
}

export type Ledger = Awaited<ReturnType<typeof openLedger>>
