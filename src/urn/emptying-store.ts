import { eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../database/connection.ts'
import { type Steps, step } from '../database/transaction.ts'
import { strata } from '../organisation/tables.ts'
import { spent, urn, urnCounts } from './tables.ts'

/** Removes the ballots of a round, the marks of its used codes, and how many came in where. */
export function* emptyUrn(tx: Transaction, roundId: string): Steps<void> {
  const own = tx.select({ id: strata.id }).from(strata).where(eq(strata.roundId, roundId))
  for (const table of [urn, spent, urnCounts]) yield* step(tx.delete(table).where(inArray(table.stratumId, own)).run())
}
