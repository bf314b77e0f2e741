import { eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step, transactionWithoutReferences } from '../database/transaction.ts'
import { strata } from './tables.ts'

/*
 * Whatever refers to a stratum, in all subjects, is named here as the database names it: a new table that does so belongs in this file.
 */

/**
 * Whether staff have done something at a stratum: issued codes, counted people, counted in paper, set up a tablet. Tells nothing
 * of answers, so a page may be made from it.
 */
export function* wasOfferedAt(tx: Pick<Transaction, 'get'>, id: string): Steps<boolean> {
  const found = yield* step(
    tx.get<{ found: number }>(sql`select
    exists (select 1 from batches where stratum_id = ${id})
    or exists (select 1 from tallies where stratum_id = ${id} and number > 0)
    or exists (select 1 from tablet_strata where stratum_id = ${id})
    or exists (select 1 from paper_bundles where stratum_id = ${id})
    or exists (select 1 from waiting_forms where stratum_id = ${id}) as found`),
  )
  return found.found === 1
}

/**
 * Whether anything was issued, tallied, delivered or answered at a stratum, or a tablet is set up for it. Looks where an index
 * is: a ballot in the urn is in its counts as well. Counts that went back to 0 are nothing.
 */
export function* hasActivity(tx: Pick<Transaction, 'get'>, id: string): Steps<boolean> {
  if (yield* wasOfferedAt(tx, id)) return true
  const found = yield* step(
    tx.get<{ found: number }>(sql`select
    exists (select 1 from urn_counts where stratum_id = ${id} and number > 0)
    or exists (select 1 from held_ballots where stratum_id = ${id}) as found`),
  )
  return found.found === 1
}

/** Removes a stratum at which nothing has happened, and says whether it did. Only in a transaction of `removingStrata`. */
export function* removeIfUnused(tx: Transaction, id: string): Steps<boolean> {
  if (yield* hasActivity(tx, id)) return false
  for (const counts of ['tallies', 'urn_counts'])
    yield* step(tx.run(sql`delete from ${sql.identifier(counts)} where stratum_id = ${id} and number = 0`))
  yield* step(tx.delete(strata).where(eq(strata.id, id)).run())
  return true
}

/** What such a transaction writes into: looked through for a name of nothing before it ends. */
const written = ['strata', 'enrolment_places', 'staff_units'] as const

/**
 * One transaction in which strata may go. For each of them the database itself would look through the whole urn and all marks of
 * used codes, which have no index, and hold up everybody who answers: it is told not to, for `hasActivity` knows as much.
 * @throws Error when a row was written that names what is not there; nothing is changed then.
 */
export function removingStrata<Found>(db: Database, work: (tx: Transaction) => Steps<Found>) {
  return transactionWithoutReferences(db, written, work)
}
