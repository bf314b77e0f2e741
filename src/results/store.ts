import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { strata } from '../organisation/tables.ts'
import { urn } from '../urn/tables.ts'
import type { UrnRow } from './opening.ts'
import { openings } from './tables.ts'

/** How many ballots of a round lie in the urn. */
export async function countBallots(db: Database, roundId: string): Promise<number> {
  const [row] = db
    .select({ ballots: sql<number>`count(*)` })
    .from(urn)
    .innerJoin(strata, eq(strata.id, urn.stratumId))
    .where(eq(strata.roundId, roundId))
    .all()
  return row!.ballots
}

/** Ballots that are read together. */
const readTogether = 2_000

/**
 * The sealed ballots of a round, one by one, so that half a million need not be in memory at once. They are read in pieces, so that
 * nobody else's write waits while they are opened: the round must take no more ballots, or some may be missed.
 */
export function* ballotsOf(db: Database, roundId: string): Generator<UrnRow> {
  const piece = db
    .select({ ballotId: urn.ballotId, stratumId: urn.stratumId, channel: urn.channel, sealed: urn.sealed })
    .from(urn)
    .innerJoin(strata, eq(strata.id, urn.stratumId))
    .where(and(eq(strata.roundId, roundId), gt(urn.ballotId, sql.placeholder('after'))))
    .orderBy(asc(urn.ballotId))
    .limit(readTogether)
    .prepare()
  for (let after: Buffer = Buffer.alloc(0); ; ) {
    const rows = piece.all({ after })
    for (const { ballotId, ...row } of rows) yield row
    if (rows.length < readTogether) return
    after = rows.at(-1)!.ballotId
  }
}

/** Writes what the opening of a round found, in place of an earlier opening. */
export async function recordOpening(
  db: Database,
  opening: { roundId: string; ballots: number; sealedCounts: Buffer },
): Promise<void> {
  const { ballots, sealedCounts } = opening
  db.insert(openings)
    .values(opening)
    .onConflictDoUpdate({ target: openings.roundId, set: { ballots, sealedCounts } })
    .run()
}

/** The sealed counts of a round, or `undefined` before its opening. */
export async function findOpening(db: Database, roundId: string) {
  return db.select().from(openings).where(eq(openings.roundId, roundId)).get()
}
