import { and, eq, ne, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { batches, strata, tabletStrata, tablets, tallies, urn } from '../database/schema.ts'
import type { Channel } from '../invitation/disposition.ts'
import type { ChannelRecord } from './ledger.ts'

/**
 * What is known of every stratum and channel of a round, in no particular order; channels nobody used are absent.
 * Reads counts only: neither the used marks nor the inside of a ballot.
 */
export async function listChannelRecords(db: Database, roundId: string): Promise<ChannelRecord[]> {
  const records = new Map<string, ChannelRecord>()
  const record = (stratumId: string, channel: Channel) => {
    const key = `${stratumId} ${channel}`
    const empty = { stratumId, channel, wentOut: 0, undeliverable: 0, unsettledBatches: 0, tallied: {}, responded: 0 }
    return records.get(key) ?? records.set(key, empty).get(key)!
  }

  const issued = db
    .select({
      stratumId: batches.stratumId,
      channel: batches.channel,
      wentOut: sql<number>`sum(case when ${batches.leftover} is null then 0 else ${batches.issued} - ${batches.leftover} end)`,
      undeliverable: sql<number>`sum(case when ${batches.leftover} is null then 0 else ${batches.undeliverable} end)`,
      unsettledBatches: sql<number>`sum(${batches.leftover} is null)`,
    })
    .from(batches)
    .innerJoin(strata, eq(strata.id, batches.stratumId))
    .where(eq(strata.roundId, roundId))
    .groupBy(batches.stratumId, batches.channel)
    .all()
  for (const { stratumId, channel, ...counts } of issued) Object.assign(record(stratumId, channel), counts)

  const counted = db
    .select({
      stratumId: tallies.stratumId,
      channel: tallies.channel,
      disposition: tallies.disposition,
      number: tallies.number,
    })
    .from(tallies)
    .innerJoin(strata, eq(strata.id, tallies.stratumId))
    .where(eq(strata.roundId, roundId))
    .all()
  for (const { stratumId, channel, disposition, number } of counted) {
    const { tallied } = record(stratumId, channel)
    tallied[disposition] = number
  }

  const declinedAtTablets = db
    .select({ stratumId: tabletStrata.stratumId, number: sql<number>`sum(${tabletStrata.declined})` })
    .from(tabletStrata)
    .innerJoin(strata, eq(strata.id, tabletStrata.stratumId))
    .innerJoin(tablets, eq(tablets.id, tabletStrata.tabletId))
    .where(and(eq(strata.roundId, roundId), ne(tablets.state, 'stolen')))
    .groupBy(tabletStrata.stratumId)
    .having(sql`sum(${tabletStrata.declined}) > 0`)
    .all()
  for (const { stratumId, number } of declinedAtTablets) {
    const { tallied } = record(stratumId, 'tablet')
    tallied.declined = (tallied.declined ?? 0) + number
  }

  const answered = db
    .select({ stratumId: urn.stratumId, channel: urn.channel, responded: sql<number>`count(*)` })
    .from(urn)
    .innerJoin(strata, eq(strata.id, urn.stratumId))
    .where(eq(strata.roundId, roundId))
    .groupBy(urn.stratumId, urn.channel)
    .all()
  for (const { stratumId, channel, responded } of answered) record(stratumId, channel).responded = responded

  return [...records.values()]
}
