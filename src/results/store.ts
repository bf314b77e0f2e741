import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step, transaction } from '../database/transaction.ts'
import { toldNumbers } from '../disclosure/tables.ts'
import { DomainError } from '../errors.ts'
import { strata } from '../organisation/tables.ts'
import { emptyUrn } from '../urn/emptying-store.ts'
import { urn, urnCounts } from '../urn/tables.ts'
import type { UrnRow } from './opening.ts'
import { type NewRelease, putRelease } from './release-store.ts'
import { refuseDestroyed } from './settling.ts'
import { openings } from './tables.ts'

/** How many ballots of a round lie in the urn. */
export async function countBallots(db: Database, roundId: string): Promise<number> {
  const [row] = await db
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
export async function* ballotsOf(db: Database, roundId: string): AsyncGenerator<UrnRow> {
  const piece = db
    .select({ ballotId: urn.ballotId, stratumId: urn.stratumId, channel: urn.channel, sealed: urn.sealed })
    .from(urn)
    .innerJoin(strata, eq(strata.id, urn.stratumId))
    .where(and(eq(strata.roundId, roundId), gt(urn.ballotId, sql.placeholder('after'))))
    .orderBy(asc(urn.ballotId))
    .limit(readTogether)
    .prepare()
  for (let after: Buffer = Buffer.alloc(0); ; ) {
    const rows = await piece.all({ after })
    for (const { ballotId, ...row } of rows) yield row
    if (rows.length < readTogether) return
    after = rows.at(-1)!.ballotId
  }
}

/** What an opening leaves in the database. */
export interface OpeningRecord extends NewRelease {
  sealedCounts: Buffer
}

/**
 * Writes what the opening of a round found: the counts, sealed, and what may be told of them, as its first release or in place of one that
 * nobody but administrators has seen. How many came in where is told by no table from then on. @returns the number of the release
 * @throws DomainError `conflict` when the round was released and the indicators are others now
 */
export async function recordOpening(db: Database, opening: OpeningRecord): Promise<number> {
  const { sealedCounts, ...made } = opening
  const { roundId } = made
  return transaction(db, function* (tx) {
    refuseDestroyed(yield* openingOf(tx, roundId))
    yield* step(
      tx
        .insert(openings)
        .values({ roundId, sealedCounts })
        .onConflictDoUpdate({ target: openings.roundId, set: { sealedCounts } })
        .run(),
    )
    yield* forgetCounts(tx, roundId)
    return yield* putRelease(tx, made)
  })
}

/** Also the numbers at which what was told of a night came to be: nothing is told of it from now on. */
function* forgetCounts(tx: Transaction, roundId: string): Steps<void> {
  const own = tx.select({ id: strata.id }).from(strata).where(eq(strata.roundId, roundId))
  yield* step(tx.delete(urnCounts).where(inArray(urnCounts.stratumId, own)).run())
  yield* step(
    tx
      .update(toldNumbers)
      .set({ moved: sql`${toldNumbers.low}` })
      .where(eq(toldNumbers.roundId, roundId))
      .run(),
  )
}

/** The sealed counts of a round, or `undefined` before its opening. */
export async function findOpening(db: Database, roundId: string) {
  return db.select().from(openings).where(eq(openings.roundId, roundId)).get()
}

/**
 * Destroys the ballots, the marks of used codes and the sealed counts of a round, counted or not: nothing can be counted from then on, and
 * what was released stays.
 * @param decision what the archive has decided, with its number and day; left out, what was entered before stays
 * @throws DomainError `conflict` where it was done already
 */
export function* destroyAnswers(
  tx: Transaction,
  roundId: string,
  { decision, day }: { decision?: string; day: string },
): Steps<void> {
  refuseDestroyed(yield* openingOf(tx, roundId))
  yield* emptyUrn(tx, roundId)
  const nothing = { sealedCounts: Buffer.alloc(0), destroyedOn: day }
  const set = decision === undefined ? nothing : { ...nothing, archiveDecision: decision }
  yield* step(
    tx
      .insert(openings)
      .values({ roundId, ...set })
      .onConflictDoUpdate({ target: openings.roundId, set })
      .run(),
  )
}

/**
 * Writes down what the archive has decided on the answers of a counted round, with its number and day, before they are destroyed.
 * @throws DomainError `conflict` where they were destroyed already, or nothing was counted
 */
export async function recordArchiveDecision(db: Database, roundId: string, decision: string): Promise<void> {
  await transaction(db, function* (tx) {
    const opening = yield* openingOf(tx, roundId)
    if (!opening) throw new DomainError('conflict', `Round ${roundId} has not been counted.`)
    refuseDestroyed(opening)
    const set = { archiveDecision: decision }
    yield* step(tx.update(openings).set(set).where(eq(openings.roundId, roundId)).run())
  })
}

type OpeningRow = typeof openings.$inferSelect

function* openingOf(tx: Transaction, roundId: string): Steps<OpeningRow | undefined> {
  return yield* step(tx.select().from(openings).where(eq(openings.roundId, roundId)).get())
}
