import { bindStore } from '../database/bound.ts'
import { type Database, fileOf } from '../database/connection.ts'
import type { Run } from '../database/patience.ts'
import { lastTold } from '../disclosure/store.ts'
import { dayOfClose } from '../fieldwork/clock-doubt.ts'
import { tellRound } from '../fieldwork/tell.ts'
import { putWaitingInUrn } from '../paper/waiting-store.ts'
import { findOpening } from '../results/store.ts'
import type { Round } from '../round/round.ts'
import { endCollection as endOf, getRound } from '../round/store.ts'
import { listTablets } from '../tablet/store.ts'
import { mayHoldBallots, type SeenTablet } from '../tablet/tablet.ts'
import { swedishDay } from '../time/swedish-day.ts'

/** The end of a collection, as a page has it: each is one turn, however much is asked in it. */
export function bindClosing(db: Database, run: Run) {
  return { ...bindStore({ tabletsToWaitFor, endCollection, closeAndWait }, db, run), databaseFile: fileOf(db)! }
}

export type Closing = ReturnType<typeof bindClosing>

/** Tablets whose ballots would be lost by opening now: those that may still deliver, and those with ballots that wait for a yes. */
export async function tabletsToWaitFor(db: Database, round: Round, now: Date): Promise<SeenTablet[]> {
  const isOver = round.state === 'closed' && !(round.lateUntil && round.lateUntil > now.toISOString())
  if (await findOpening(db, round.id)) return []
  const tablets = await listTablets(db, round.id)
  return tablets.filter((tablet) => tablet.held.low > 0 || (!isOver && mayHoldBallots(tablet, now)))
}

/**
 * Ends the collection: what was entered on paper and waited goes into the urn, and the round is told a last time.
 * @throws DomainError `conflict` when the round is neither collecting nor closed.
 */
export async function endCollection(
  db: Database,
  id: string,
  { lateUntil, now, spentPepper }: { lateUntil: Date | null; now: Date; spentPepper: Buffer },
): Promise<void> {
  const { closesOn } = await getRound(db, id)
  const day = dayOfClose(swedishDay(now), { closesOn, lastNight: await lastTold(db, id) })
  await endOf(db, id, lateUntil, { closedOn: day, putAside: (tx) => putWaitingInUrn(tx, id, spentPepper) })
  await tellRound(db, { roundId: id, day })
}

/**
 * Ends the collection and leaves the urn closed, so that tablets can deliver what they hold. Said again it changes nothing.
 * @returns until when they can.
 * @throws DomainError `conflict` when the round is neither collecting nor closed.
 */
export async function closeAndWait(
  db: Database,
  { id, lateUntil }: Round,
  { lateHours, ...when }: { now: Date; lateHours: number; spentPepper: Buffer },
): Promise<Date> {
  const until = lateUntil ? new Date(lateUntil) : new Date(when.now.getTime() + lateHours * 3_600_000)
  await endCollection(db, id, { ...when, lateUntil: until })
  return until
}
