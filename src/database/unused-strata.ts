import { and, eq, sql } from 'drizzle-orm'
import { type Database, isStillNamed } from './connection.ts'
import { strata, tallies, urnCounts } from './schema.ts'

export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/**
 * Whether anything was issued, tallied, delivered or answered at a stratum, or a tablet is set up for it. Looks where an index
 * is: a ballot in the urn is in its counts as well. Counts that went back to 0 are nothing.
 */
export function hasActivity(tx: Transaction, id: string): boolean {
  const found = tx.get<{ found: number }>(sql`select
    exists (select 1 from batches where stratum_id = ${id})
    or exists (select 1 from tallies where stratum_id = ${id} and number > 0)
    or exists (select 1 from urn_counts where stratum_id = ${id} and number > 0)
    or exists (select 1 from tablet_strata where stratum_id = ${id})
    or exists (select 1 from held_ballots where stratum_id = ${id})
    or exists (select 1 from paper_bundles where stratum_id = ${id}) as found`)
  return found.found === 1
}

/**
 * Removes a stratum at which nothing has happened, and says whether it did. The last word is the database's own: as long as any
 * row of any table names the stratum, it stays.
 */
export function removeIfUnused(tx: Transaction, id: string): boolean {
  if (hasActivity(tx, id)) return false
  for (const counts of [tallies, urnCounts])
    tx.delete(counts)
      .where(and(eq(counts.stratumId, id), eq(counts.number, 0)))
      .run()
  try {
    tx.delete(strata).where(eq(strata.id, id)).run()
    return true
  } catch (error) {
    if (isStillNamed(error)) return false
    throw error
  }
}
