import { bindStore } from '../database/bound.ts'
import { type Database, fileOf, forgetArrivalOrder } from '../database/connection.ts'
import type { Run } from '../database/patience.ts'
import { look } from '../database/transaction.ts'
import { lastTold } from '../disclosure/store.ts'
import { dayOfClose } from '../fieldwork/clock-doubt.ts'
import { tellRound } from '../fieldwork/tell.ts'
import { listStrata } from '../organisation/store.ts'
import { hasActivity } from '../organisation/unused-strata-store.ts'
import { putWaitingInUrn } from '../paper/waiting-store.ts'
import { type TargetGroup, targetGroups } from '../questionnaire/target-groups.ts'
import { inTenths } from '../results/in-tenths.ts'
import { openUrn, sealCounts } from '../results/opening.ts'
import { ballotsOf, countBallots, findOpening, recordOpening } from '../results/store.ts'
import { type ToldOpening, toldOpening } from '../results/told-opening.ts'
import type { Round } from '../round/round.ts'
import { drillRoundKey, type RoundKey } from '../round/round-key.ts'
import { endCollection as endOf, getRound } from '../round/store.ts'
import { settleHeld } from '../tablet/held-store.ts'
import { listTablets } from '../tablet/store.ts'
import { mayHoldBallots, type SeenTablet } from '../tablet/tablet.ts'
import { swedishDay } from '../time/swedish-day.ts'

/** What the opening of a round told. */
export interface Closed extends ToldOpening {
  /** Whether answers were destroyed that nobody had said yes to. */
  isGivenUp: boolean
}

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
  await endOf(db, id, lateUntil, (tx) => putWaitingInUrn(tx, id, spentPepper))
  const { closesOn } = await getRound(db, id)
  const day = dayOfClose(swedishDay(now), { closesOn, lastNight: await lastTold(db, id) })
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

/**
 * Ends the collection, opens the urn in memory and writes the counts, sealed. On an opened round it counts again. It takes
 * seconds for a large round and holds the database meanwhile: a service does it on a thread.
 * @param onProgress is told how far the opening has come, in per cent, at each tenth.
 * @throws DomainError `invalid` when the key is another's, before anything was changed; what `openUrn` throws.
 */
export async function openRoundUrn(
  db: Database,
  round: Round,
  { key, spentPepper }: { key: RoundKey; spentPepper: Buffer },
  onProgress: (percent: number) => void = () => {},
): Promise<Closed> {
  drillRoundKey(round, key)
  const { id, publicKey } = round
  await endCollection(db, id, { lateUntil: null, now: new Date(), spentPepper })
  const isGivenUp = await settleHeld(db, id)
  forgetArrivalOrder(db) // before a ballot is opened: from here on key and database are in one place

  const progress = inTenths(await countBallots(db, id), onProgress)
  const opened = openUrn(ballotsOf(db, id), key, progress)
  await recordOpening(db, { roundId: id, ballots: opened.ballots, sealedCounts: sealCounts(publicKey, opened) })
  return { ...toldOpening(opened, await groupsOf(db, round)), isGivenUp }
}

/** The groups of a round, and which of them nobody can have answered in: staff know where there was no code, no tablet and no paper. */
async function groupsOf(db: Database, round: Round) {
  const strata = await listStrata(db, round.id)
  const groups = targetGroups.filter((group) => round.targetGroups.includes(group))
  const busy = new Set<TargetGroup>()
  for (const { id, targetGroup } of strata) if (await look(hasActivity(db, id))) busy.add(targetGroup)
  return {
    groupOf: new Map(strata.map(({ id, targetGroup }) => [id, targetGroup])),
    groups,
    idle: new Set(groups.filter((group) => !busy.has(group))),
  }
}
