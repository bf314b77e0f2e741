import { type Database, forgetArrivalOrder } from '../database/connection.ts'
import { type Range, stepOf } from '../disclosure/steps.ts'
import { listLeastResponded } from '../disclosure/store.ts'
import { knownAnswers } from '../fieldwork/known-answers.ts'
import { readLedger } from '../fieldwork/overview-store.ts'
import { listCounties } from '../organisation/store.ts'
import { programVersion } from '../program-version.ts'
import { pairPart } from '../results/association-indicators.ts'
import { inTenths } from '../results/in-tenths.ts'
import { offersHash } from '../results/offers-hash.ts'
import { sealCounts, unlocking } from '../results/opening.ts'
import { ballotClasses, releaseOf } from '../results/release.ts'
import type { ReleaseGround } from '../results/release-indicators.ts'
import { listReleases } from '../results/release-store.ts'
import { refuseDestroyed } from '../results/settling.ts'
import { ballotsOf, countBallots, findOpening, recordOpening } from '../results/store.ts'
import { listAskedWords } from '../round/asked-words-store.ts'
import type { Round } from '../round/round.ts'
import { drillRoundKey, type RoundKey } from '../round/round-key.ts'
import { decideHeld } from '../tablet/held-store.ts'
import { endCollection } from './close-round.ts'

/** What the opening of a round came to. What it tells of the answers is its release. */
export interface Closed {
  /** The number of its release. */
  release: number
  /** Ballots that tablets brought and that are none: not counted. Absent where there is none. */
  unreadable?: Range
  /** Whether answers were destroyed that nobody had said yes to. */
  isGivenUp: boolean
}

/** What an opening is done with. */
export interface OpeningTools {
  key: RoundKey
  spentPepper: Buffer
  /** What a correction changes and why, in words: for a round that participants have seen results of. */
  reason?: string
}

/**
 * Ends the collection, opens the urn in memory and writes the counts, sealed, and what may be told of them as a release. On an opened round
 * it counts again. It takes seconds for a large round and holds the database meanwhile: a service does it on a thread.
 * @param onProgress is told how far the opening has come, in per cent, at each tenth.
 * @throws DomainError `invalid` when the key is another's, before anything was changed; what `unlocking` and `recordOpening` throw.
 */
export async function openRoundUrn(
  db: Database,
  round: Round,
  { key, spentPepper, reason }: OpeningTools,
  onProgress: (percent: number) => void = () => {},
): Promise<Closed> {
  drillRoundKey(round, key)
  const { id, publicKey, year } = round
  refuseDestroyed(await findOpening(db, id))
  const now = new Date()
  const isGivenUp = await endForGood(db, id, { now, spentPepper })
  forgetArrivalOrder(db) // before a ballot is opened: from here on key and database are in one place

  const ground = await groundOf(db, id)
  const parts = new Map(
    ground.places.map(({ id, municipalityCode, targetGroup }) => [id, pairPart(municipalityCode, targetGroup)]),
  )
  const onBallot = inTenths(await countBallots(db, id), onProgress)
  const partOf = (stratumId: string) => parts.get(stratumId)!
  const { take, end } = unlocking(key, { partOf, onProgress: onBallot })
  for await (const ballot of ballotsOf(db, id)) take(ballot)
  const opened = end()
  const unreadable = opened.unreadable > 0 ? { unreadable: stepOf(opened.unreadable) } : {}
  const words = await listAskedWords(db, id)
  const facts = {
    year,
    version: programVersion,
    strata: ballotClasses(ground.places, opened),
    ...unreadable,
    ...(words.length > 0 ? { words: Object.fromEntries(words.map(({ language, hash }) => [language, hash])) } : {}),
    offers: offersHash(ground.records),
    isGivenUp,
    ...(round.isPractice ? { isPractice: true as const } : {}),
  }
  const record = {
    roundId: id,
    sealedCounts: sealCounts(publicKey, opened),
    now,
    reason,
    facts,
  }
  const number = await recordOpening(db, { ...record, release: releaseOf(opened, ground) })
  return { release: number, isGivenUp, ...unreadable }
}

/**
 * Ends the collection, unless the urn was opened before: nothing is added to it then, and how many lie in it is told no more.
 * @returns whether answers were destroyed that nobody had said yes to
 */
async function endForGood(db: Database, roundId: string, when: { now: Date; spentPepper: Buffer }): Promise<boolean> {
  if (await findOpening(db, roundId)) return (await listReleases(db, roundId))[0]?.facts.isGivenUp ?? false
  await endCollection(db, roundId, { lateUntil: null, ...when })
  return decideHeld(db, roundId)
}

/** What a release is worked out from beside the answers, as it is now. */
async function groundOf(db: Database, roundId: string): Promise<ReleaseGround> {
  const { strata, records, told } = await readLedger(db, roundId)
  const known = knownAnswers(strata, told, await listLeastResponded(db, roundId))
  return { places: strata, records, countyOf: await listCounties(db), known }
}
