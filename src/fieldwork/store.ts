import type { Database } from '../database/connection.ts'
import type { Channel, TalliedDisposition } from '../invitation/disposition.ts'
import type { Scope } from '../staff/scope.ts'
import type { ChannelRecord } from './ledger.ts'

/**
 * What is known of every stratum and channel of a round, or of a scope in it, in no particular order; channels nobody used
 * are absent, but a tablet is there from the day it was set up. Reads counts only: no mark, no ballot, not even their number
 * in the urn, which is written beside it.
 */
export async function listChannelRecords(db: Database, roundId: string, scope: Scope = {}): Promise<ChannelRecord[]> {
  const records = new Map<string, ChannelRecord>()
  const rows = db.$client
    .prepare(countsOf(scope))
    .raw()
    .all({ roundId, ...scopeValues(scope) }) as CountRow[]
  for (const row of rows) add(records, row)
  return [...records.values()]
}

/** Stratum, channel, of what the numbers are, and up to four numbers. */
type CountRow = [string, Channel, 'codes' | 'responded' | TalliedDisposition, number, number, number, number]

function add(records: Map<string, ChannelRecord>, [stratumId, channel, kind, first, ...others]: CountRow): void {
  const key = `${stratumId} ${channel}`
  let record = records.get(key)
  if (!record) {
    const nothing = { wentOut: 0, undeliverable: 0, unsettledBatches: 0, stock: 0, responded: 0 }
    record = { stratumId, channel, ...nothing, tallied: {} }
    records.set(key, record)
  }
  if (kind === 'responded') record.responded = first
  else if (kind === 'codes') {
    record.wentOut = first
    ;[record.undeliverable, record.unsettledBatches, record.stock] = others
  } else record.tallied[kind] = (record.tallied[kind] ?? 0) + first
}

/** One statement for all counts, whatever the scope leaves of the strata. */
function countsOf(scope: Scope): string {
  return `
    with own as materialized (
      select strata.id from strata join units on units.id = strata.unit_id
      where strata.round_id = :roundId ${scopeCondition(scope)}
    )
    select stratum_id, channel, 'codes',
      sum(case when leftover is null then 0 else issued - leftover end),
      sum(case when leftover is null then 0 else undeliverable end),
      sum(leftover is null),
      sum(case when leftover is null then issued else 0 end)
    from own join batches on batches.stratum_id = own.id group by stratum_id, channel
    union all
    select stratum_id, channel, disposition, number, 0, 0, 0 from own join tallies on tallies.stratum_id = own.id
    union all
    select stratum_id, 'tablet', 'declined', sum(case when tablets.state = 'stolen' then 0 else declined end), 0, 0, 0
    from tablet_strata join own on own.id = stratum_id join tablets on tablets.id = tablet_id group by stratum_id
    union all
    select stratum_id, channel, 'responded', number, 0, 0, 0 from own join urn_counts on urn_counts.stratum_id = own.id
    where number > 0`
}

/** A condition on the table of units; its values are given by `scopeValues`. */
function scopeCondition({ municipalityCode, unitIds }: Scope): string {
  return [
    municipalityCode === undefined ? '' : 'and units.municipality_code = :municipalityCode',
    unitIds === undefined ? '' : 'and units.id in (select value from json_each(:unitIds))',
  ].join(' ')
}

const scopeValues = ({ municipalityCode, unitIds }: Scope) => ({
  ...(municipalityCode === undefined ? {} : { municipalityCode }),
  ...(unitIds === undefined ? {} : { unitIds: JSON.stringify(unitIds) }),
})
