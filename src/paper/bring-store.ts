import { and, eq, sql } from 'drizzle-orm'
import { type Database, onSQLite } from '../database/connection.ts'
import type { SealedBallot } from '../urn/sealed-ballot.ts'
import type { OtherChannels } from '../urn/write.ts'
import { paperBundles, waitingForms } from './tables.ts'

/** What happens with forms of paper that do not go into the urn at once: they are laid beside it. See {@link OtherChannels}. */
export function prepareOfPaper(db: Database): OtherChannels['paper'] {
  const sqlite = onSQLite(db)
  const countInBundle = sqlite
    .update(paperBundles)
    .set({
      entered: sql`${paperBundles.entered} + 1`,
      compared: sql`${paperBundles.compared} + ${sql.placeholder('compared')}`,
      differing: sql`${paperBundles.differing} + ${sql.placeholder('differing')}`,
    })
    .where(isNext)
    .prepare()
  const put = sqlite
    .insert(waitingForms)
    .values({
      ballotId: sql.placeholder('ballotId'),
      bundleId: sql.placeholder('bundleId'),
      stratumId: sql.placeholder('stratumId'),
      channel: sql.placeholder('channel') as never,
      sealedMark: sql.placeholder('sealedMark'),
      sealed: sql.placeholder('sealed'),
    })
    .prepare()
  const letWait = ({ ballotId, stratumId, channel, sealed, sealedMark }: SealedBallot, bundleId: string | null) =>
    put.run({ ballotId, bundleId, stratumId, channel, sealedMark: sealedMark ?? null, sealed })

  return {
    /** It is counted once because it has a place: sent a second time, the bundle has gone on. */
    inBundle(ballot, bundle) {
      if (countInBundle.run({ ...bundle }).changes === 0) return { outcome: 'out-of-turn' }
      letWait(ballot, bundle.bundleId)
      return { outcome: 'recorded' }
    },
    untilClose(ballot) {
      letWait(ballot, null)
      return { outcome: 'recorded' }
    },
  }
}

/** A bundle that is open and in which so many forms were counted as the place says. */
const isNext = and(
  eq(paperBundles.id, sql.placeholder('bundleId')),
  eq(paperBundles.isDone, false),
  sql`${paperBundles.entered} + ${paperBundles.blank} = ${sql.placeholder('position')}`,
)
