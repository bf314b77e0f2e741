import { and, asc, eq, gt, or, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { fieldworkDays, rounds, strata, units } from '../database/schema.ts'
import type { Channel, TalliedDisposition } from '../invitation/disposition.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import type { Scope } from '../staff/scope.ts'
import { type ChannelRecord, dispositionsOf } from './ledger.ts'
import { addUp } from './response-rate.ts'
import type { DayCount } from './trend.ts'

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

/** The rounds whose ledger still changes: those that collect, and those that take what lies in tablets. */
export async function listMovingRounds(db: Database, now: Date): Promise<string[]> {
  const isLate = and(eq(rounds.state, 'closed'), gt(rounds.lateUntil, now.toISOString()))
  const found = db
    .select({ id: rounds.id })
    .from(rounds)
    .where(or(eq(rounds.state, 'collecting'), isLate))
  return found.all().map(({ id }) => id)
}

/**
 * Writes the ledger of a round as it is now under a day, by municipality and target group, and gives the number of its
 * lines. A day that is written already stays as it is.
 */
export async function takeSnapshot(db: Database, roundId: string, day: string): Promise<number> {
  const isOfDay = and(eq(fieldworkDays.roundId, roundId), eq(fieldworkDays.day, day))
  if (db.select({ day: fieldworkDays.day }).from(fieldworkDays).where(isOfDay).limit(1).get()) return 0

  const lines = await ledgerByMunicipality(db, roundId)
  const place = sql.placeholder
  const insert = db
    .insert(fieldworkDays)
    .values({
      ...{ roundId: place('roundId'), day: place('day'), municipalityCode: place('municipalityCode') },
      ...{ targetGroup: place('targetGroup') as never, offered: place('offered'), declined: place('declined') },
      ...{ undeliverable: place('undeliverable'), responded: place('responded') },
    })
    .onConflictDoNothing()
    .prepare()
  return db.transaction(() => lines.map((line) => insert.run({ roundId, day, ...line })).length, {
    behavior: 'immediate',
  })
}

async function ledgerByMunicipality(db: Database, roundId: string) {
  const places = db
    .select({ id: strata.id, municipalityCode: units.municipalityCode, targetGroup: strata.targetGroup })
    .from(strata)
    .innerJoin(units, eq(units.id, strata.unitId))
    .where(eq(strata.roundId, roundId))
    .all()
  const empty = () => ({ offered: 0, declined: 0, undeliverable: 0, responded: 0 })
  const lines = new Map<string, ReturnType<typeof empty> & { municipalityCode: string; targetGroup: TargetGroup }>()
  const lineOf = new Map<string, string>()
  for (const { id, municipalityCode, targetGroup } of places) {
    const key = `${municipalityCode} ${targetGroup}`
    lineOf.set(id, key)
    if (!lines.has(key)) lines.set(key, { municipalityCode, targetGroup, ...empty() })
  }
  for (const record of await listChannelRecords(db, roundId)) {
    const line = lines.get(lineOf.get(record.stratumId)!)!
    Object.assign(line, addUp([line, dispositionsOf(record)]))
  }
  return [...lines.values()]
}

/** The days of a round that were written, in order: of the nation, of a municipality, or of one of its target groups. */
export async function listDays(
  db: Database,
  roundId: string,
  { municipalityCode, targetGroup }: { municipalityCode?: string; targetGroup?: TargetGroup } = {},
): Promise<DayCount[]> {
  const sum = (column: 'offered' | 'declined' | 'undeliverable' | 'responded') =>
    sql<number>`sum(${fieldworkDays[column]})`
  return db
    .select({
      day: fieldworkDays.day,
      offered: sum('offered'),
      declined: sum('declined'),
      undeliverable: sum('undeliverable'),
      responded: sum('responded'),
    })
    .from(fieldworkDays)
    .where(
      and(
        eq(fieldworkDays.roundId, roundId),
        municipalityCode === undefined ? undefined : eq(fieldworkDays.municipalityCode, municipalityCode),
        targetGroup === undefined ? undefined : eq(fieldworkDays.targetGroup, targetGroup),
      ),
    )
    .groupBy(fieldworkDays.day)
    .orderBy(asc(fieldworkDays.day))
    .all()
}
