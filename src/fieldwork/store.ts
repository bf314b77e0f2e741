import { and, eq, gt, or } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { rounds } from '../database/schema.ts'
import type { Channel, TalliedDisposition } from '../invitation/disposition.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import type { Scope } from '../staff/scope.ts'
import type { Place } from './cells.ts'
import { type ChannelRecord, dispositionsOf } from './ledger.ts'
import { addTo, addUp, type Dispositions } from './response-rate.ts'
import { inSlices, sliceSize } from './slices.ts'
import type { DayCount } from './trend.ts'

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
  return db.$client
    .prepare(
      `select strata.id, units.id as unitId, units.name as unit, units.municipality_code as municipalityCode,
        municipalities.name as municipality, target_group as targetGroup
      from units join strata on strata.unit_id = units.id and strata.round_id = :roundId
        join municipalities on code = units.municipality_code
      where true ${partCondition(part)} order by units.municipality_code, units.name, target_group`,
    )
    .all({ roundId, ...partValues(part) }) as Place[]
}

/**
 * What is known of every stratum and channel of a round, or of a part of it, in no particular order; channels nobody used
 * are absent, but a tablet is there from the day it was set up. Reads counts only: no mark, no ballot, not even their number
 * in the urn, which is written beside it.
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
type CountRow = [string, Channel, 'codes' | 'responded' | TalliedDisposition, number, number, number, number]

function add(records: Map<string, ChannelRecord[]>, [stratumId, channel, kind, first, ...others]: CountRow): void {
  const own = records.get(stratumId) ?? []
  if (own.length === 0) records.set(stratumId, own)
  let record = own.find((one) => one.channel === channel)
  if (!record) {
    const nothing = { wentOut: 0, undeliverable: 0, unsettledBatches: 0, stock: 0, responded: 0 }
    record = { stratumId, channel, ...nothing, tallied: {} }
    own.push(record)
  }
  if (kind === 'responded') record.responded = first
  else if (kind === 'codes') {
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
    from tablet_strata join own on own.id = stratum_id join tablets on tablets.id = tablet_id group by stratum_id
    union all
    select stratum_id, channel, 'responded', number, 0, 0, 0 from own join urn_counts on urn_counts.stratum_id = own.id
    where number > 0`
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

/** The rounds whose ledger still changes: those that collect, and those that take what lies in tablets. */
export async function listMovingRounds(db: Database, now: Date): Promise<string[]> {
  const isLate = and(eq(rounds.state, 'closed'), gt(rounds.lateUntil, now.toISOString()))
  const found = db
    .select({ id: rounds.id })
    .from(rounds)
    .where(or(eq(rounds.state, 'collecting'), isLate))
  return found.all().map(({ id }) => id)
}

/** Reads when the database can be read. */
type Between = <T>(read: () => Promise<T>) => Promise<T>

/**
 * Writes the ledger of a round as it is now under a day, by municipality and target group, and gives the number of its
 * lines. A day that is written already stays as it is. It is read a few municipalities at a time and written at once.
 */
export async function takeSnapshot(
  db: Database,
  roundId: string,
  day: string,
  between: Between = (read) => read(),
): Promise<number> {
  const isWritten = async () =>
    db.$client.prepare('select 1 from fieldwork_days where round_id = ? and day = ?').get(roundId, day)
  if (await between(isWritten)) return 0

  const codes = await between(() => listParticipants(db, roundId))
  const lines = await inSlices(codes, sliceSize, (few) => between(() => ledgerOf(db, roundId, few)))
  return between(async () => writeDay(db, roundId, day, lines.flat()))
}

interface DayLine extends Dispositions {
  municipalityCode: string
  targetGroup: TargetGroup
}

function writeDay(db: Database, roundId: string, day: string, lines: DayLine[]): number {
  const insert = db.$client.prepare(
    `insert into fieldwork_days (round_id, day, municipality_code, target_group, offered, declined, undeliverable, responded)
    values (:roundId, :day, :municipalityCode, :targetGroup, :offered, :declined, :undeliverable, :responded)
    on conflict do nothing`,
  )
  const all = db.$client.transaction(() => lines.map((line) => insert.run({ roundId, day, ...line })).length)
  return all.immediate()
}

async function ledgerOf(db: Database, roundId: string, municipalityCodes: string[]): Promise<DayLine[]> {
  const places = await listPlaces(db, roundId, { municipalityCodes })
  const lines = new Map<string, DayLine>()
  const lineOf = new Map<string, string>()
  for (const { id, municipalityCode, targetGroup } of places) {
    const key = `${municipalityCode} ${targetGroup}`
    lineOf.set(id, key)
    if (!lines.has(key)) lines.set(key, { municipalityCode, targetGroup, ...addUp([]) })
  }
  for (const record of await listChannelRecords(db, roundId, { municipalityCodes })) {
    addTo(lines.get(lineOf.get(record.stratumId)!)!, dispositionsOf(record))
  }
  return [...lines.values()]
}

/** The days of a round that were written, in order; found by leaping from one to the next. */
export async function listDayNames(db: Database, roundId: string): Promise<string[]> {
  return db.$client
    .prepare(
      `with recursive found(day) as (
        select min(day) from fieldwork_days where round_id = :roundId
        union all
        select (select min(day) from fieldwork_days where round_id = :roundId and day > found.day) from found
        where found.day is not null
      ) select day from found where day is not null`,
    )
    .pluck()
    .all({ roundId }) as string[]
}

/** What was written on the days of a round, in order: of the nation, of a municipality, or of one of its target groups. */
export async function listDays(
  db: Database,
  roundId: string,
  part: { municipalityCode?: string; targetGroup?: TargetGroup; from?: string; until?: string } = {},
): Promise<DayCount[]> {
  const conditions = {
    municipalityCode: 'municipality_code =',
    targetGroup: 'target_group =',
    from: 'day >=',
    until: 'day <=',
  }
  const given = Object.entries(conditions).filter(([name]) => part[name as keyof typeof part] !== undefined)
  return db.$client
    .prepare(
      `select day, sum(offered) as offered, sum(declined) as declined, sum(undeliverable) as undeliverable,
        sum(responded) as responded
      from fieldwork_days where round_id = :roundId ${given.map(([name, sql]) => `and ${sql} :${name}`).join(' ')}
      group by day order by day`,
    )
    .all({ roundId, ...part }) as DayCount[]
}
