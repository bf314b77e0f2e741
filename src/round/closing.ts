import { type Database, forgetArrivalOrder } from '../database/connection.ts'
import { tellRound } from '../fieldwork/tell.ts'
import { listStrata } from '../organisation/store.ts'
import { targetGroups } from '../questionnaire/target-groups.ts'
import { putWaitingInUrn } from '../response/waiting-forms.ts'
import { openUrn, sealCounts } from '../results/opening.ts'
import { type Share, sharesPositive } from '../results/shares.ts'
import { ballotsOf, countBallots, findOpening, recordOpening } from '../results/store.ts'
import type { Count } from '../results/tally.ts'
import { toldLanguages } from '../results/told-languages.ts'
import { discardAllHeld, listTablets } from '../tablet/store.ts'
import { mayHoldBallots, type Tablet } from '../tablet/tablet.ts'
import { swedishDay } from '../web/swedish-day.ts'
import type { Round } from './round.ts'
import { drillRoundKey, type RoundKey } from './round-key.ts'
import { endCollection as endOf } from './store.ts'

/** What the opening of a round told. */
export interface Closed {
  ballots: number
  /** Ballots that tablets brought and that are none: not counted. */
  unreadable: number
  /** Held answers that nobody had said yes to: destroyed. */
  givenUp: number
  shares: Share[]
  /** For the nation only, small ones together. */
  languages: [string, number][]
}

/** Tablets whose ballots would be lost by opening now: those that may still deliver, and those with ballots that wait for a yes. */
export async function tabletsToWaitFor(db: Database, round: Round, now: Date): Promise<Tablet[]> {
  const isOver = round.state === 'closed' && !(round.lateUntil && round.lateUntil > now.toISOString())
  if (await findOpening(db, round.id)) return []
  const tablets = await listTablets(db, round.id)
  return tablets.filter((tablet) => tablet.held > 0 || (!isOver && mayHoldBallots(tablet, now)))
}

/**
 * Ends the collection: what was entered on paper and waited goes into the urn, and the round is told a last time.
 * @throws DomainError `conflict` when the round is neither collecting nor closed.
 */
export async function endCollection(
  db: Database,
  id: string,
  { lateUntil, now }: { lateUntil: Date | null; now: Date },
): Promise<void> {
  await endOf(db, id, lateUntil, () => putWaitingInUrn(db, id))
  const today = swedishDay(now)
  await tellRound(db, { roundId: id, day: today, today })
}

/**
 * Ends the collection and leaves the urn closed, so that tablets can deliver what they hold. Said again it changes nothing.
 * @returns until when they can.
 * @throws DomainError `conflict` when the round is neither collecting nor closed.
 */
export async function closeAndWait(
  db: Database,
  { id, lateUntil }: Round,
  { now, lateHours }: { now: Date; lateHours: number },
): Promise<Date> {
  const until = lateUntil ? new Date(lateUntil) : new Date(now.getTime() + lateHours * 3_600_000)
  await endCollection(db, id, { lateUntil: until, now })
  return until
}

/**
 * Ends the collection, opens the urn in memory and writes the counts, sealed. On an opened round it counts again. It takes
 * seconds for a large round and holds the database meanwhile: a service does it on a thread.
 * @param onProgress is told how many ballots were opened, and of how many.
 * @throws DomainError `invalid` when the key is another's, before anything was changed; what `openUrn` throws.
 */
export async function openRoundUrn(
  db: Database,
  round: Round,
  key: RoundKey,
  onProgress?: (opened: number, all: number) => void,
): Promise<Closed> {
  drillRoundKey(round, key)
  const { id, publicKey } = round
  await endCollection(db, id, { lateUntil: null, now: new Date() })
  const givenUp = await discardAllHeld(db, id)
  forgetArrivalOrder(db) // before a ballot is opened: from here on key and database are in one place

  const all = await countBallots(db, id)
  onProgress?.(0, all)
  const opened = openUrn(ballotsOf(db, id), key, (number) => onProgress?.(number, all))
  await recordOpening(db, { roundId: id, ballots: opened.ballots, sealedCounts: sealCounts(publicKey, opened) })
  const { ballots, unreadable, languages, counts } = opened
  return {
    ballots,
    unreadable,
    givenUp,
    shares: await sharesOf(db, round, counts),
    languages: toldLanguages(languages),
  }
}

async function sharesOf(db: Database, round: Round, counted: Count[]): Promise<Share[]> {
  const groupOf = new Map((await listStrata(db, round.id)).map(({ id, targetGroup }) => [id, targetGroup]))
  const groups = targetGroups.filter((group) => round.targetGroups.includes(group))
  return sharesPositive(counted, groupOf, groups)
}
