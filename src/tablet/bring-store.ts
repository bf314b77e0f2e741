import { and, eq, gt, sql } from 'drizzle-orm'
import { type Database, onSQLite } from '../database/connection.ts'
import { prepareUrn } from '../urn/record-person.ts'
import type { SealedBallot } from '../urn/sealed-ballot.ts'
import { urn } from '../urn/tables.ts'
import type { OtherChannels } from '../urn/write.ts'
import { heldBallots, tablets } from './tables.ts'
import { mostQuotaDays } from './tablet.ts'

/** What happens with a ballot that a tablet brings: see {@link OtherChannels}. */
export function prepareOfTablet(db: Database): OtherChannels['tablet'] {
  const sqlite = onSQLite(db)
  const { putInUrn, takeFromUrn } = prepareUrn(db)
  const findHeld = sqlite
    .select({ state: heldBallots.state })
    .from(heldBallots)
    .where(eq(heldBallots.ballotId, sql.placeholder('ballotId')))
    .prepare()
  const lies = sqlite
    .select({ ballotId: urn.ballotId })
    .from(urn)
    .where(eq(urn.ballotId, sql.placeholder('ballotId')))
    .prepare()
  const hold = sqlite
    .insert(heldBallots)
    .values({
      ballotId: sql.placeholder('ballotId'),
      tabletId: sql.placeholder('tabletId'),
      stratumId: sql.placeholder('stratumId'),
      state: 'held',
      sealed: sql.placeholder('sealed'),
    })
    .prepare()
  const isFull = sqlite
    .select({ id: tablets.id })
    .from(tablets)
    .where(
      and(
        eq(tablets.id, sql.placeholder('tabletId')),
        sql`(select count(*) from ${heldBallots} where ${heldBallots.tabletId} = ${tablets.id}) >= ${tablets.dailyQuota} * ${mostQuotaDays}`,
      ),
    )
    .prepare()
  const useAllowance = sqlite
    .update(tablets)
    .set({ allowance: sql`${tablets.allowance} - 1` })
    .where(and(eq(tablets.id, sql.placeholder('tabletId')), gt(tablets.allowance, 0)))
    .prepare()
  const countDelivered = sqlite
    .update(tablets)
    .set({ delivered: sql`${tablets.delivered} + 1` })
    .where(eq(tablets.id, sql.placeholder('tabletId')))
    .prepare()

  return {
    /** What is beyond the tablet's allowance waits for a yes, as long as there is room; what it brings a second time changes nothing. */
    record({ ballotId, stratumId, channel, sealed }: SealedBallot, tabletId: string) {
      if (findHeld.get({ ballotId })) return { outcome: 'recorded', added: 0 }
      if (putInUrn.run({ ballotId, stratumId, channel, sealed }).changes === 0) return { outcome: 'recorded', added: 0 }

      const isAllowed = useAllowance.run({ tabletId }).changes === 1
      if (!isAllowed) {
        takeFromUrn.run({ ballotId })
        if (isFull.get({ tabletId })) return { outcome: 'not-now', added: 0 }
        hold.run({ ballotId, tabletId, stratumId, sealed })
      }
      countDelivered.run({ tabletId })
      return { outcome: 'recorded', added: isAllowed ? 1 : 0 }
    },
    wasTaken: ({ ballotId }) => lies.get({ ballotId }) !== undefined || findHeld.get({ ballotId })?.state === 'held',
  }
}
