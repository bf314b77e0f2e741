import { eq, inArray } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { strata } from '../organisation/tables.ts'
import { spent, urn, urnCounts } from '../urn/tables.ts'
import { openings, releases } from './tables.ts'

/**
 * Destroys the ballots, the marks of used codes and the sealed counts of a round: nothing can be counted again from then on, and what was
 * released stays.
 * @param decision what the archive has decided, and when
 * @throws DomainError `conflict` where nothing was released, or it was done already
 */
export async function destroyAnswers(
  db: Database,
  roundId: string,
  { decision, day }: { decision: string; day: string },
): Promise<void> {
  await transaction(db, function* (tx) {
    const opening = yield* step(tx.select().from(openings).where(eq(openings.roundId, roundId)).get())
    const release = yield* step(tx.select().from(releases).where(eq(releases.roundId, roundId)).limit(1).get())
    if (!opening || !release)
      throw new DomainError('conflict', `Round ${roundId} has not been counted: its answers would be lost.`)
    if (opening.destroyedOn)
      throw new DomainError('conflict', `The answers of round ${roundId} were destroyed already.`)

    const own = tx.select({ id: strata.id }).from(strata).where(eq(strata.roundId, roundId))
    for (const table of [urn, spent, urnCounts])
      yield* step(tx.delete(table).where(inArray(table.stratumId, own)).run())
    const nothing = { sealedCounts: Buffer.alloc(0), destroyedOn: day, archiveDecision: decision }
    yield* step(tx.update(openings).set(nothing).where(eq(openings.roundId, roundId)).run())
  })
}
