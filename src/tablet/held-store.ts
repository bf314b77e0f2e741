import { and, count, eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step, transaction } from '../database/transaction.ts'
import { toldNumbers } from '../disclosure/tables.ts'
import { tellAnew } from '../disclosure/told.ts'
import { DomainError } from '../errors.ts'
import { rounds } from '../round/tables.ts'
import { urn, urnCounts } from '../urn/tables.ts'
import { heldBallots, tablets } from './tables.ts'

/**
 * Puts what tablets brought beyond their quota into the urn, or destroys it. How many they are goes to nobody: it is told once a night.
 * Nothing that serves a page is in this file.
 */

/**
 * Puts the ballots that are held of a tablet into the urn.
 * @throws DomainError `conflict` once the urn is opened: a later count would tell what was added; `not-found`.
 */
export async function acceptHeld(db: Database, tabletId: string): Promise<void> {
  await transaction(db, function* (tx) {
    const tablet = yield* step(tx.select().from(tablets).where(eq(tablets.id, tabletId)).get())
    if (!tablet) throw new DomainError('not-found', `There is no tablet ${tabletId}. See: brukarsvar tablet list`)
    const [round] = yield* step(tx.select().from(rounds).where(eq(rounds.id, tablet.roundId)).all())
    if (round!.state !== 'collecting' && !round!.lateUntil)
      throw new DomainError('conflict', `The urn of round ${round!.id} is opened: nothing can be added to it.`)
    yield* putInUrn(tx, tabletId)
  })
}

/** Destroys the ballots that are held of a tablet. Their ids stay, so that they are not taken later. */
export async function discardHeld(db: Database, tabletId: string): Promise<void> {
  await transaction(db, (tx) => destroy(tx, tabletId))
}

/**
 * At the opening of a round: where so few were held that nobody could be asked about them they go into the urn, and where the step
 * reaches five or more without a yes they are destroyed. Of a stolen tablet all are.
 * @returns whether any were destroyed but those of stolen tablets, now or by an opening that failed after it: it says no more than the steps do.
 */
export async function decideHeld(db: Database, roundId: string): Promise<boolean> {
  return transaction(db, function* (tx) {
    const ofRound = yield* step(tx.select().from(tablets).where(eq(tablets.roundId, roundId)).all())
    let isAnyGivenUp = ofRound.some(({ isGivenUp }) => isGivenUp)
    for (const { id, state } of ofRound) {
      const isMany = (yield* toldHeld(tx, id)).low > 0
      if (state === 'stolen' || isMany) yield* destroy(tx, id)
      else yield* putInUrn(tx, id)
      if (!isMany || state === 'stolen') continue
      yield* step(tx.update(tablets).set({ isGivenUp: true }).where(eq(tablets.id, id)).run())
      isAnyGivenUp = true
    }
    return isAnyGivenUp
  })
}

/** With the answers of a round: what its tablets brought and nobody decided on. Their ids stay. */
export function* destroyHeld(tx: Transaction, roundId: string): Steps<void> {
  const ofRound = yield* step(tx.select({ id: tablets.id }).from(tablets).where(eq(tablets.roundId, roundId)).all())
  for (const { id } of ofRound) yield* destroy(tx, id)
}

/** What would be told tonight of a tablet's held ballots. */
function* toldHeld(tx: Transaction, tabletId: string) {
  const before = yield* step(tx.select().from(toldNumbers).where(isToldOf(tabletId)).get())
  const [held] = yield* step(tx.select({ number: count() }).from(heldBallots).where(isHeldOf(tabletId)).all())
  return tellAnew(before, held!.number)
}

function* putInUrn(tx: Transaction, tabletId: string): Steps<void> {
  const held = yield* step(tx.select().from(heldBallots).where(isHeldOf(tabletId)).all())
  for (const { ballotId, stratumId, sealed } of held) {
    const row = { ballotId, stratumId, channel: 'tablet' as const, sealed }
    const { changes: number } = yield* step(tx.insert(urn).values(row).onConflictDoNothing().run())
    yield* step(
      tx
        .insert(urnCounts)
        .values({ stratumId, channel: 'tablet', number })
        .onConflictDoUpdate({
          target: [urnCounts.stratumId, urnCounts.channel],
          set: { number: sql`${urnCounts.number} + excluded.number` },
        })
        .run(),
    )
  }
  yield* step(tx.delete(heldBallots).where(isHeldOf(tabletId)).run())
  yield* step(tx.delete(toldNumbers).where(isToldOf(tabletId)).run())
}

function* destroy(tx: Transaction, tabletId: string): Steps<void> {
  const nothing = { state: 'discarded', sealed: Buffer.alloc(112) } as const
  yield* step(tx.update(heldBallots).set(nothing).where(isHeldOf(tabletId)).run())
  yield* step(tx.delete(toldNumbers).where(isToldOf(tabletId)).run())
}

const isHeldOf = (tabletId: string) => and(eq(heldBallots.tabletId, tabletId), eq(heldBallots.state, 'held'))
const isToldOf = (tabletId: string) => and(eq(toldNumbers.place, tabletId), eq(toldNumbers.part, 'held'))
