import { eq, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { openings, strata, urn } from '../database/schema.ts'
import type { Channel } from '../invitation/disposition.ts'
import type { UrnRow } from './opening.ts'

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

/** The sealed ballots of a round, one by one, so that half a million need not be in memory at once. */
export function ballotsOf(db: Database, roundId: string): Iterable<UrnRow> {
  const { sql: text, params } = db
    .select({ stratumId: urn.stratumId, channel: urn.channel, sealed: urn.sealed })
    .from(urn)
    .innerJoin(strata, eq(strata.id, urn.stratumId))
    .where(eq(strata.roundId, roundId))
    .toSQL()
  const rows = db.$client
    .prepare(text)
    .raw()
    .iterate(...params) as IterableIterator<[string, Channel, Buffer]>
  return mapped(rows)
}

function* mapped(rows: Iterable<[string, Channel, Buffer]>): Generator<UrnRow> {
  for (const [stratumId, channel, sealed] of rows) yield { stratumId, channel, sealed }
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
