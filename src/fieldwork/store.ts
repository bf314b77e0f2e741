import type { Database } from '../database/connection.ts'
import type { Range } from '../disclosure/steps.ts'
import { nothingTold } from '../disclosure/told.ts'
import { nationPlace, ToldNumbers, type ToldPart } from '../disclosure/told-numbers.ts'
import type { Channel, TalliedDisposition } from '../invitation/disposition.ts'
import type { Scope } from '../organisation/scope.ts'
import { byName } from '../text/name-order.ts'
import type { Place } from './cells.ts'
import type { ChannelRecord } from './ledger.ts'

/** A part of a round's strata: of a scope, or of some municipalities. */
export interface Part extends Scope {
  municipalityCodes?: string[]
}

/** The municipalities that take part in a round, by code. */
export async function listParticipants(db: Database, roundId: string): Promise<string[]> {
  return db.$client
    .prepare(
      `select code from municipalities where exists (
        select 1 from units join strata on strata.unit_id = units.id
        where units.municipality_code = code and strata.round_id = ?) order by code`,
    )
    .pluck()
    .all(roundId) as string[]
}

/** The strata of a round or of a part of it, by municipality, unit and target group. */
export async function listPlaces(db: Database, roundId: string, part: Part = {}): Promise<Place[]> {
  const places = db.$client
    .prepare(
      `select strata.id, units.id as unitId, units.name as unit, units.municipality_code as municipalityCode,
        municipalities.name as municipality, target_group as targetGroup
      from units join strata on strata.unit_id = units.id and strata.round_id = :roundId
        join municipalities on code = units.municipality_code
      where true ${partCondition(part)} order by units.municipality_code, target_group`,
    )
    .all({ roundId, ...partValues(part) }) as Place[]
  return places.sort(
    byName(
      ({ municipalityCode }) => municipalityCode,
      ({ unit }) => unit,
    ),
  )
}

/**
 * What staff count of every stratum and channel of a round, or of a part of it, in no particular order; channels nobody used
 * are absent, but a tablet is there from the day it was set up. Nothing of the answers: see `listTold`.
 */
export async function listChannelRecords(db: Database, roundId: string, part: Part = {}): Promise<ChannelRecord[]> {
  const records = new Map<string, ChannelRecord[]>()
  const rows = db.$client
    .prepare(countsOf(part))
    .raw()
    .all({ roundId, ...partValues(part) }) as CountRow[]
  for (const row of rows) add(records, row)
  return [...records.values()].flat()
}

/** Stratum, channel, of what the numbers are, and up to four numbers. */
type CountRow = [string, Channel, 'codes' | TalliedDisposition, number, number, number, number]

function add(records: Map<string, ChannelRecord[]>, [stratumId, channel, kind, first, ...others]: CountRow): void {
  const own = records.get(stratumId) ?? []
  if (own.length === 0) records.set(stratumId, own)
  let record = own.find((one) => one.channel === channel)
  if (!record) {
    const nothing = { wentOut: 0, undeliverable: 0, unsettledBatches: 0, stock: 0 }
    record = { stratumId, channel, ...nothing, tallied: {} }
    own.push(record)
  }
  if (kind === 'codes') {
    record.wentOut = first
    ;[record.undeliverable, record.unsettledBatches, record.stock] = others
  } else record.tallied[kind] = (record.tallied[kind] ?? 0) + first
}

/** One statement for all counts, whatever the part is. */
function countsOf(part: Part): string {
  return `
    with own as materialized (
      select strata.id from strata join units on units.id = strata.unit_id
      where strata.round_id = :roundId ${partCondition(part)}
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
    from tablet_strata join own on own.id = stratum_id join tablets on tablets.id = tablet_id group by stratum_id`
}

/** A condition on the table of units; its values are given by `partValues`. */
function partCondition({ municipalityCode, municipalityCodes, unitIds }: Part): string {
  return [
    municipalityCode === undefined ? '' : 'and units.municipality_code = :municipalityCode',
    municipalityCodes === undefined ? '' : 'and units.municipality_code in (select value from json_each(:codes))',
    unitIds === undefined ? '' : 'and units.id in (select value from json_each(:unitIds))',
  ].join(' ')
}

const partValues = ({ municipalityCode, municipalityCodes, unitIds }: Part) => ({
  ...(municipalityCode === undefined ? {} : { municipalityCode }),
  ...(municipalityCodes === undefined ? {} : { codes: JSON.stringify(municipalityCodes) }),
  ...(unitIds === undefined ? {} : { unitIds: JSON.stringify(unitIds) }),
})

/** A round that is told every night. */
export interface MovingRound {
  id: string
  closesOn: string
  isCollecting: boolean
  /** The last day that was told. */
  lastNight?: string
}

/** For so long after tablets could deliver, or after its last day, a closed round is told whose close has not come to its end. */
const lateDays = { delivered: 2, lastDay: 60 }

/**
 * The rounds that are told every night: those that collect, those that take what lies in tablets, and those whose close was cut off
 * before the urn was opened, so that what came last is told all the same.
 */
export async function listMovingRounds(db: Database, now: Date): Promise<MovingRound[]> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()
  const rows = db.$client
    .prepare(
      `select id, closes_on as closesOn, state = 'collecting' as isCollecting,
        (select max(day) from fieldwork_days where round_id = id) as lastNight
      from rounds where state = 'collecting' or (state = 'closed'
        and not exists (select 1 from openings where round_id = id)
        and iif(late_until is null, closes_on > :lastDay, late_until > :delivered))`,
    )
    .all({ lastDay: before(lateDays.lastDay).slice(0, 10), delivered: before(lateDays.delivered) }) as {
    id: string
    closesOn: string
    isCollecting: number
    lastNight: string | null
  }[]
  return rows.map((row) => ({ ...row, isCollecting: row.isCollecting === 1, lastNight: row.lastNight ?? undefined }))
}

/** What is told of the answers of a round, or of a part of it: of its strata, their municipalities, and the nation. */
export async function listTold(db: Database, roundId: string, part: Part = {}): Promise<ToldNumbers> {
  const rows = db.$client
    .prepare(
      `with own as materialized (
        select strata.id, units.municipality_code as code from strata join units on units.id = strata.unit_id
        where strata.round_id = :roundId ${partCondition(part)}
      )
      select place, part, low, high, moved from told_numbers where round_id = :roundId
        and place in (select id from own union select code from own union select '${nationPlace}')`,
    )
    .raw()
    .all({ roundId, ...partValues(part) }) as [string, ToldPart, number, number, number][]
  const told = new ToldNumbers()
  for (const [place, kind, low, high, moved] of rows) told.set(place, kind, { low, high, moved })
  return told
}

/** What is told of all answers of a round. */
export async function toldOfNation(db: Database, roundId: string): Promise<Range> {
  const { low, high } = (await listTold(db, roundId, { municipalityCodes: [] })).find(nationPlace, 'all') ?? nothingTold
  return { low, high }
}
