import { and, asc, eq, exists, gt, inArray, isNull, max, or, type SQL, sql } from 'drizzle-orm'
import { union } from 'drizzle-orm/sqlite-core'
import type { Database } from '../database/connection.ts'
import type { Range } from '../disclosure/steps.ts'
import { fieldworkDays, toldNumbers } from '../disclosure/tables.ts'
import { nothingTold } from '../disclosure/told.ts'
import { nationPlace, ToldNumbers, type ToldPart } from '../disclosure/told-numbers.ts'
import type { Channel, TalliedDisposition } from '../invitation/disposition.ts'
import type { Scope } from '../organisation/scope.ts'
import { within } from '../organisation/scope-store.ts'
import { municipalities, strata, units } from '../organisation/tables.ts'
import { lastDayIn } from '../round/store.ts'
import { rounds } from '../round/tables.ts'
import { byName } from '../text/name-order.ts'
import { swedishDay } from '../time/swedish-day.ts'
import type { Place } from './cells.ts'
import type { ChannelRecord } from './ledger.ts'

/** A part of a round: of its strata those of a scope, or of some municipalities. */
export interface RoundPart extends Scope {
  municipalityCodes?: string[]
}

/** The municipalities that take part in a round, by code. */
export async function listParticipants(db: Database, roundId: string): Promise<string[]> {
  const { code } = municipalities
  const own = db.select({ id: strata.id }).from(units).innerJoin(strata, eq(strata.unitId, units.id))
  const takesPart = exists(own.where(and(eq(units.municipalityCode, code), eq(strata.roundId, roundId))))
  const rows = await db.select({ code }).from(municipalities).where(takesPart).orderBy(asc(code)).all()
  return rows.map((row) => row.code)
}

/** The strata of a round or of a part of it, by municipality, unit and target group. */
export async function listPlaces(db: Database, roundId: string, part: RoundPart = {}): Promise<Place[]> {
  const places = await db
    .select({
      ...{ id: strata.id, unitId: units.id, unit: units.name, municipalityCode: units.municipalityCode },
      ...{ municipality: municipalities.name, targetGroup: strata.targetGroup },
    })
    .from(units)
    .innerJoin(strata, and(eq(strata.unitId, units.id), eq(strata.roundId, roundId)))
    .innerJoin(municipalities, eq(municipalities.code, units.municipalityCode))
    .where(withinPart(part))
    .orderBy(asc(units.municipalityCode), asc(strata.targetGroup))
    .all()
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
export async function listChannelRecords(
  db: Database,
  roundId: string,
  part: RoundPart = {},
): Promise<ChannelRecord[]> {
  const records = new Map<string, ChannelRecord[]>()
  for (const row of await db.values<CountRow>(countsOf(strataIn(db, roundId, part).getSQL()))) add(records, row)
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

/** One statement for all counts of some strata, whatever they are. */
const countsOf = (ofStrata: SQL) => sql`
    with own as materialized (${ofStrata})
    select stratum_id, channel, 'codes',
      sum(case when leftover is null then 0 else issued - leftover end),
      sum(case when leftover is null then 0 else undeliverable end),
      sum(case when leftover is null then 1 else 0 end),
      sum(case when leftover is null then issued else 0 end)
    from own join batches on batches.stratum_id = own.id group by stratum_id, channel
    union all
    select stratum_id, channel, disposition, number, 0, 0, 0 from own join tallies on tallies.stratum_id = own.id
    union all
    select stratum_id, 'tablet', 'declined', sum(case when tablets.state = 'stolen' then 0 else declined end), 0, 0, 0
    from tablet_strata join own on own.id = stratum_id join tablets on tablets.id = tablet_id group by stratum_id`

/** The ids of the strata of a round, or of a part of it, or what else is known of each: a question within others. */
export const strataIn = (
  db: Database,
  roundId: string,
  part: RoundPart = {},
  what: typeof strata.id | typeof units.municipalityCode = strata.id,
) =>
  db
    .select({ id: sql<string>`${what}`.as('id') })
    .from(strata)
    .innerJoin(units, eq(units.id, strata.unitId))
    .where(and(eq(strata.roundId, roundId), withinPart(part)))

/** The condition on `units` that a part puts on a question. */
const withinPart = ({ municipalityCodes, ...scope }: RoundPart) =>
  and(within(scope), municipalityCodes && inArray(units.municipalityCode, municipalityCodes))

/** A round that is told every night. */
export interface MovingRound {
  id: string
  /** The last day as it was planned: it is that which clocks are held against. */
  closesOn: string
  isCollecting: boolean
  /** The last day that was told. */
  lastNight?: string
}

/** For so long after tablets could deliver, or after its last day, a closed round is told whose close has not come to its end. */
const daysToldAfter = { delivered: 2, lastDay: 60 }

/**
 * The rounds that are told every night: those that collect, those that take what lies in tablets, and those whose close was cut off
 * before the urn was opened, so that what came last is told all the same.
 */
export async function listMovingRounds(db: Database, now: Date): Promise<MovingRound[]> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()
  const { id, closesOn, state, lateUntil } = rounds
  const lastNight = db
    .select({ day: max(fieldworkDays.day) })
    .from(fieldworkDays)
    .where(eq(fieldworkDays.roundId, id))
  const isUnopened = sql`not exists (select 1 from openings where round_id = ${id})`
  const isLate = or(
    gt(lateUntil, before(daysToldAfter.delivered)),
    and(isNull(lateUntil), gt(lastDayIn(swedishDay(now)), before(daysToldAfter.lastDay).slice(0, 10))),
  )
  const rows = await db
    .select({ id, closesOn, state, lastNight: sql<string | null>`${lastNight}` })
    .from(rounds)
    .where(or(eq(state, 'collecting'), and(eq(state, 'closed'), isUnopened, isLate)))
    .all()
  return rows.map(({ state, lastNight, ...row }) => ({
    ...{ ...row, isCollecting: state === 'collecting', lastNight: lastNight ?? undefined },
  }))
}

/** What is told of the answers of a round, or of a part of it: of its strata, their municipalities, and the nation. */
export async function listTold(db: Database, roundId: string, part: RoundPart = {}): Promise<ToldNumbers> {
  const { place, part: kind, low, high, moved } = toldNumbers
  const strataAndTheirs = union(strataIn(db, roundId, part), strataIn(db, roundId, part, units.municipalityCode))
  const isIn = sql`${place} in (${strataAndTheirs.getSQL()} union select ${nationPlace})`
  const rows = (await db
    .select({ place, kind, low, high, moved })
    .from(toldNumbers)
    .where(and(eq(toldNumbers.roundId, roundId), isIn))
    .values()) as [string, ToldPart, number, number, number][]
  const told = new ToldNumbers()
  for (const [place, kind, low, high, moved] of rows) told.set(place, kind, { low, high, moved })
  return told
}

/** What is told of all answers of a round: the first step where nobody could have answered when it was told. */
export async function toldOfNation(db: Database, roundId: string): Promise<Range> {
  const told = (await listTold(db, roundId, { municipalityCodes: [] })).find(nationPlace, 'all')
  const { low, high } = told && told.high > 0 ? told : nothingTold
  return { low, high }
}
