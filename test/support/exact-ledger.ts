import type { Database } from '../../src/database/connection.ts'
import type { ChannelRecord } from '../../src/fieldwork/ledger.ts'
import { knownOffersOf } from '../../src/fieldwork/ledger.ts'
import { listChannelRecords as listCounted, type RoundPart } from '../../src/fieldwork/store.ts'
import type { Channel } from '../../src/invitation/disposition.ts'
import { isWithin } from '../../src/organisation/scope.ts'
import { rowsIn } from './rows.ts'

/** A record with the true number of ballots in the urn: what no page may know before the close, and a test may. */
export interface ExactRecord extends ChannelRecord {
  responded: number
}

export interface Dispositions {
  offered: number
  declined: number
  undeliverable: number
  responded: number
}

const nothing = { wentOut: 0, undeliverable: 0, unsettledBatches: 0, stock: 0, tallied: {}, responded: 0 }

export async function listChannelRecords(db: Database, roundId: string, part: RoundPart = {}): Promise<ExactRecord[]> {
  const records: ExactRecord[] = (await listCounted(db, roundId, part)).map((record) => ({ ...record, responded: 0 }))
  const rows = await rowsIn<{
    municipalityCode: string
    unitId: string
    stratumId: string
    channel: Channel
    number: number
  }>(
    db,
    `select units.municipality_code as "municipalityCode", units.id as "unitId", strata.id as "stratumId", channel, number
      from urn_counts join strata on strata.id = stratum_id join units on units.id = strata.unit_id
      where number > 0 and strata.round_id = ?`,
    roundId,
  )
  const here = rows.filter((place) => isWithin(part, place))
  for (const { stratumId, channel, number } of here) {
    const known = records.find((record) => record.stratumId === stratumId && record.channel === channel)
    if (known) known.responded = number
    else records.push({ stratumId, channel, ...nothing, responded: number })
  }
  return records
}

/** Who counts as offered, and who answered, to the person. */
export function dispositionsOf({ responded, ...record }: ExactRecord): Dispositions {
  const { offered, declined, undeliverable } = knownOffersOf(record)
  const handedOut = record.tallied.handed_out ?? 0
  const alsoOffered = { tablet: responded, paper: Math.max(0, responded - handedOut) } as Partial<
    Record<Channel, number>
  >
  return { offered: offered + (alsoOffered[record.channel] ?? 0), declined, undeliverable, responded }
}

export function addUp(parts: Dispositions[]): Dispositions {
  const sum = (of: (one: Dispositions) => number) => parts.reduce((total, one) => total + of(one), 0)
  return {
    offered: sum(({ offered }) => offered),
    declined: sum(({ declined }) => declined),
    undeliverable: sum(({ undeliverable }) => undeliverable),
    responded: sum(({ responded }) => responded),
  }
}

export function rateLine(records: ExactRecord[]) {
  const missing = records.filter((record) => dispositionsOf(record).responded > dispositionsOf(record).offered)
  return {
    ...addUp(records.map(dispositionsOf)),
    missingTallies: missing.map(({ stratumId, channel }) => ({ stratumId, channel })),
    unsettledBatches: records.reduce((sum, { unsettledBatches }) => sum + unsettledBatches, 0),
  }
}

export function responseRate({ offered, responded }: Dispositions): number | undefined {
  return offered === 0 || responded > offered ? undefined : responded / offered
}
