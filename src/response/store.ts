import { and, eq, gt, or, sql } from 'drizzle-orm'
import { type Database, isBusy } from '../database/connection.ts'
import { patiently, type ReadDatabase } from '../database/patience.ts'
import { heldBallots, paperBundles, rounds, strata, tablets } from '../database/schema.ts'
import type { Channel } from '../invitation/disposition.ts'
import type { BundlePlace } from '../paper/bundle.ts'
import { mostQuotaDays } from '../tablet/tablet.ts'
import { groupCommit } from './group-commit.ts'
import { prepareCount, prepareRecordOfPerson, prepareUrn } from './record-person.ts'
import { prepareLetWait } from './waiting-forms.ts'

/**
 * A ballot ready for the urn. `spentTag` is absent where no code was used (tablet, paper without code); `tabletId` names
 * the device that brought it, which is counted and not stored with it.
 */
export interface SealedBallot {
  ballotId: Buffer
  stratumId: string
  channel: Channel
  roundId: string
  sealed: Buffer
  spentTag?: Buffer
  tabletId?: string
  /** Where a form of paper was entered: it is counted there in the same transaction, and waits until the bundle is done. */
  bundle?: BundlePlace
  /** Whether it waits until the close: one of few forms with codes that came in a file. */
  waits?: boolean
}

/**
 * `recorded` also for a ballot or a code that was there before: the person is thanked either way. `not-now` only for a tablet
 * that has brought far more than people can give. `out-of-turn` only for a form of a bundle that has gone on meanwhile, or is done:
 * nothing was written.
 */
export type Outcome = 'recorded' | 'closed' | 'not-now' | 'out-of-turn'

/** What became of a ballot, and by how many the urn grew. */
export interface Recorded {
  outcome: Outcome
  added: 0 | 1
}

/** Writes a batch in one transaction: all of it or, when it fails, nothing. */
export type Commit = (batch: SealedBallot[]) => Outcome[] | Promise<Outcome[]>

export type RecordResponse = (ballot: SealedBallot) => Promise<Outcome>

/**
 * The one write of an answer. It must not link person and answer, must survive a power cut once it is acknowledged,
 * and must do the same work for a used code as for an unused one.
 * @param commit where the transaction is carried out: here, or on a thread of its own.
 */
export function prepareRecordResponse(db: Database, patienceMs = 5_000, commit: Commit = prepareCommit(db)) {
  return groupCommit(commit, { isBusy, patienceMs, pauseMs: 20 })
}

/** Writes a batch in one transaction: all of it or, when it throws, nothing. A tablet's ballots are taken for a while after the close. */
export function prepareCommit(db: Database, clock = () => new Date()): (batch: SealedBallot[]) => Outcome[] {
  const takes = db
    .select({ id: rounds.id })
    .from(rounds)
    .where(
      and(
        eq(rounds.id, sql.placeholder('roundId')),
        or(
          eq(rounds.state, 'collecting'),
          and(eq(rounds.state, 'closed'), sql.placeholder('late'), gt(rounds.lateUntil, sql.placeholder('now'))),
        ),
      ),
    )
    .prepare()
  const { putInUrn, takeFromUrn } = prepareUrn(db)
  const isHeld = db
    .select({ ballotId: heldBallots.ballotId })
    .from(heldBallots)
    .where(eq(heldBallots.ballotId, sql.placeholder('ballotId')))
    .prepare()
  const hold = db
    .insert(heldBallots)
    .values({
      ballotId: sql.placeholder('ballotId'),
      tabletId: sql.placeholder('tabletId'),
      stratumId: sql.placeholder('stratumId'),
      state: 'held',
      sealed: sql.placeholder('sealed'),
    })
    .prepare()
  const isFull = db
    .select({ id: tablets.id })
    .from(tablets)
    .where(
      and(
        eq(tablets.id, sql.placeholder('tabletId')),
        sql`(select count(*) from ${heldBallots} where ${heldBallots.tabletId} = ${tablets.id}) >= ${tablets.dailyQuota} * ${mostQuotaDays}`,
      ),
    )
    .prepare()
  const useAllowance = db
    .update(tablets)
    .set({ allowance: sql`${tablets.allowance} - 1` })
    .where(and(eq(tablets.id, sql.placeholder('tabletId')), gt(tablets.allowance, 0)))
    .prepare()
  const countDelivered = db
    .update(tablets)
    .set({ delivered: sql`${tablets.delivered} + 1`, waiting: sql`max(0, ${tablets.waiting} - 1)` })
    .where(eq(tablets.id, sql.placeholder('tabletId')))
    .prepare()

  const countInBundle = db
    .update(paperBundles)
    .set({
      entered: sql`${paperBundles.entered} + 1`,
      compared: sql`${paperBundles.compared} + ${sql.placeholder('compared')}`,
      differing: sql`${paperBundles.differing} + ${sql.placeholder('differing')}`,
    })
    .where(isNext)
    .prepare()

  const count = prepareCount(db)
  const recordOfPerson = prepareRecordOfPerson(db)
  const letWait = prepareLetWait(db)

  /** What a tablet brings beyond its allowance waits for a yes, as long as there is room; what it brings a second time changes nothing. */
  function recordOfTablet({ ballotId, stratumId, channel, sealed }: SealedBallot, tabletId: string): Recorded {
    if (isHeld.get({ ballotId })) return { outcome: 'recorded', added: 0 }
    if (putInUrn.run({ ballotId, stratumId, channel, sealed }).changes === 0) return { outcome: 'recorded', added: 0 }

    const isAllowed = useAllowance.run({ tabletId }).changes === 1
    if (!isAllowed) {
      takeFromUrn.run({ ballotId })
      if (isFull.get({ tabletId })) return { outcome: 'not-now', added: 0 }
      hold.run({ ballotId, tabletId, stratumId, sealed })
    }
    countDelivered.run({ tabletId })
    return { outcome: 'recorded', added: isAllowed ? 1 : 0 }
  }

  /**
   * A form is counted in its bundle and laid beside the urn in one transaction, so that after a crash both are there or neither.
   * It is counted once because it has a place: sent a second time, the bundle has gone on.
   */
  function recordOfBundle(ballot: SealedBallot, bundle: BundlePlace): Recorded {
    if (countInBundle.run({ ...bundle }).changes === 0) return { outcome: 'out-of-turn', added: 0 }
    letWait(ballot, bundle.bundleId)
    return { outcome: 'recorded', added: 0 }
  }

  function record(ballot: SealedBallot): Recorded {
    const { tabletId, bundle, waits } = ballot
    if (tabletId !== undefined) return recordOfTablet(ballot, tabletId)
    if (bundle !== undefined) return recordOfBundle(ballot, bundle)
    if (!waits) return recordOfPerson(ballot)
    letWait(ballot, null)
    return { outcome: 'recorded', added: 0 }
  }

  return (batch) =>
    db.transaction(
      () => {
        const now = clock().toISOString()
        const open = new Map<string, boolean>()
        const isOpen = (roundId: string, late: boolean) => {
          const key = `${roundId} ${late}`
          const known = open.get(key)
          if (known !== undefined) return known
          const found = takes.get({ roundId, late: Number(late), now }) !== undefined
          open.set(key, found)
          return found
        }
        const entries: Parameters<typeof count>[0] = []
        const outcomes = batch.map((ballot) => {
          if (!isOpen(ballot.roundId, ballot.tabletId !== undefined)) return 'closed'
          const { outcome, added } = record(ballot)
          if (!ballot.bundle && !ballot.waits)
            entries.push({ stratumId: ballot.stratumId, channel: ballot.channel, added })
          return outcome
        })
        count(entries)
        return outcomes
      },
      { behavior: 'immediate' },
    )
}

/** A bundle that is open and in which so many forms were counted as the place says. */
const isNext = and(
  eq(paperBundles.id, sql.placeholder('bundleId')),
  eq(paperBundles.isDone, false),
  sql`${paperBundles.entered} + ${paperBundles.blank} = ${sql.placeholder('position')}`,
)

/** The public key of a stratum's round, to seal with; `undefined` when there is no such stratum. Prepared, for it is asked at every answer. */
export function prepareFindPublicKey(
  db: Database,
  read: ReadDatabase = patiently,
): (stratumId: string) => Promise<Buffer | undefined> {
  const find = db
    .select({ publicKey: rounds.publicKey })
    .from(strata)
    .innerJoin(rounds, eq(rounds.id, strata.roundId))
    .where(eq(strata.id, sql.placeholder('stratumId')))
    .prepare()
  const known = new Map<string, Buffer>() // the key of a round never changes

  return async (stratumId) => {
    const publicKey = known.get(stratumId) ?? (await read(() => find.get({ stratumId })?.publicKey))
    if (publicKey) known.set(stratumId, publicKey)
    return publicKey
  }
}

/**
 * The strata in which the used codes and the ballots that came by code differ in number. There is none unless somebody
 * has changed the database by hand: both are written in one transaction.
 */
export async function unevenStrata(db: Database): Promise<{ stratumId: string; spent: number; ballots: number }[]> {
  return db.$client
    .prepare(
      `select stratum_id as stratumId, sum(spent) as spent, sum(ballots) as ballots from (
         select stratum_id, count(*) as spent, 0 as ballots from spent group by stratum_id
         union all
         select stratum_id, 0, count(*) from urn where channel in ('letter', 'handout', 'email') group by stratum_id
       ) group by stratum_id having sum(spent) <> sum(ballots)`,
    )
    .all() as { stratumId: string; spent: number; ballots: number }[]
}

/** The strata and channels whose count of ballots is not what lies in the urn: none, for the same reason. */
export async function wrongCounts(db: Database): Promise<{ stratumId: string; channel: Channel }[]> {
  return db.$client
    .prepare(
      `select stratum_id as stratumId, channel from (
         select stratum_id, channel, number from urn_counts
         union all
         select stratum_id, channel, -count(*) from urn group by stratum_id, channel
       ) group by stratum_id, channel having sum(number) <> 0`,
    )
    .all() as { stratumId: string; channel: Channel }[]
}
