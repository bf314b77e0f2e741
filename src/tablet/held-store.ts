import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
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
  const accept = db.$client.transaction(() => {
    const tablet = db.select().from(tablets).where(eq(tablets.id, tabletId)).get()
    if (!tablet) throw new DomainError('not-found', `There is no tablet ${tabletId}. See: brukarsvar tablet list`)
    const round = db.select().from(rounds).where(eq(rounds.id, tablet.roundId)).get()!
    if (round.state !== 'collecting' && !round.lateUntil)
      throw new DomainError('conflict', `The urn of round ${round.id} is opened: nothing can be added to it.`)
    putInUrn(db, tabletId)
  })
  accept.immediate()
}

/** Destroys the ballots that are held of a tablet. Their ids stay, so that they are not taken later. */
export async function discardHeld(db: Database, tabletId: string): Promise<void> {
  db.$client.transaction(() => destroy(db, tabletId)).immediate()
}

/**
 * At the opening of a round: where so few were held that nobody could be asked about them they go into the urn, and where the step
 * reaches five or more without a yes they are destroyed. Of a stolen tablet all are.
 * @returns whether any were destroyed but those of stolen tablets: it says no more than the steps do.
 */
export async function settleHeld(db: Database, roundId: string): Promise<boolean> {
  const settle = db.$client.transaction(() => {
    let isGivenUp = false
    for (const { id, state } of db.select().from(tablets).where(eq(tablets.roundId, roundId)).all()) {
      const isMany = toldHeld(db, id).low > 0
      if (state === 'stolen' || isMany) destroy(db, id)
      else putInUrn(db, id)
      isGivenUp ||= isMany && state !== 'stolen'
    }
    return isGivenUp
  })
  return settle.immediate()
}

/** What would be told tonight of a tablet's held ballots. */
function toldHeld(db: Database, tabletId: string) {
  const before = db.select().from(toldNumbers).where(isToldOf(tabletId)).get()
  const held = db.$client.prepare(`select count(*) from held_ballots where tablet_id = ? and state = 'held'`)
  return tellAnew(before, held.pluck().get(tabletId) as number)
}

function putInUrn(db: Database, tabletId: string): void {
  for (const { ballotId, stratumId, sealed } of db.select().from(heldBallots).where(isHeldOf(tabletId)).all()) {
    const row = { ballotId, stratumId, channel: 'tablet' as const, sealed }
    const number = db.insert(urn).values(row).onConflictDoNothing().run().changes
    db.insert(urnCounts)
      .values({ stratumId, channel: 'tablet', number })
      .onConflictDoUpdate({
        target: [urnCounts.stratumId, urnCounts.channel],
        set: { number: sql`${urnCounts.number} + excluded.number` },
      })
      .run()
  }
  db.delete(heldBallots).where(isHeldOf(tabletId)).run()
  db.delete(toldNumbers).where(isToldOf(tabletId)).run()
}

function destroy(db: Database, tabletId: string): void {
  db.update(heldBallots)
    .set({ state: 'discarded', sealed: Buffer.alloc(112) })
    .where(isHeldOf(tabletId))
    .run()
  db.delete(toldNumbers).where(isToldOf(tabletId)).run()
}

const isHeldOf = (tabletId: string) => and(eq(heldBallots.tabletId, tabletId), eq(heldBallots.state, 'held'))
const isToldOf = (tabletId: string) => and(eq(toldNumbers.place, tabletId), eq(toldNumbers.part, 'held'))
