import { and, asc, between, eq, gt, max, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { look, type Steps, step, transaction } from '../database/transaction.ts'
import type { Night, ToldDay, ToldLine } from './night.ts'
import { fieldworkDays, toldNumbers } from './tables.ts'
import { nationPlace } from './told-numbers.ts'

/** Writes a night at once, or nothing where that day, or a later one, was told already. @returns whether it was written */
export async function writeNight(db: Database, { roundId, day, today, told, lines }: Night): Promise<boolean> {
  return transaction(db, function* (tx) {
    const isLater = and(eq(fieldworkDays.roundId, roundId), gt(fieldworkDays.day, today))
    yield* step(tx.delete(fieldworkDays).where(isLater).run())
    if (yield* isTold(tx, { roundId, day, today })) return false
    const put = preparePut(tx)
    for (const { place, part, told: range } of told) yield* step(put.told.run({ roundId, place, part, ...range }))
    for (const { place, line } of lines) yield* step(put.day.run({ roundId, day, place, ...columnsOf(line) }))
    return true
  })
}

/** Prepared, for a night has thousands of both. */
function preparePut(tx: Transaction) {
  const { roundId, place, part } = toldNumbers
  return {
    told: tx
      .insert(toldNumbers)
      .values(placeholdersOf(['roundId', 'place', 'part', 'low', 'high', 'moved']))
      .onConflictDoUpdate({ target: [roundId, place, part], set: placeholdersOf(['low', 'high', 'moved']) })
      .prepare(),
    day: tx
      .insert(fieldworkDays)
      .values(
        placeholdersOf([
          ...['roundId', 'day', 'place', 'offeredLow', 'offeredHigh'],
          ...['respondedLow', 'respondedHigh', 'rateLow', 'rateHigh'],
        ]),
      )
      .prepare(),
  }
}

const placeholdersOf = (names: string[]) =>
  Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as never

/** Takes out days that have not come yet: a wrong clock has told them. Gives how many days of how many rounds it were, together. */
export async function forgetDaysAfter(db: Database, today: string): Promise<number> {
  const later = await db
    .delete(fieldworkDays)
    .where(gt(fieldworkDays.day, today))
    .returning({ place: fieldworkDays.place })
    .all()
  return later.filter(({ place }) => place === nationPlace).length
}

/** Whether a day of a round was told, or one after it that has come. */
export async function wasTold(db: Database, night: Pick<Night, 'roundId' | 'day' | 'today'>): Promise<boolean> {
  return look(isTold(db, night))
}

function* isTold(
  db: Database | Transaction,
  { roundId, day, today }: Pick<Night, 'roundId' | 'day' | 'today'>,
): Steps<boolean> {
  const { roundId: ofRound, day: its, place } = fieldworkDays
  const which = and(eq(ofRound, roundId), between(its, day, today), eq(place, nationPlace))
  const found = yield* step(db.select({ day: its }).from(fieldworkDays).where(which).limit(1).get())
  return found !== undefined
}

/** The last day of a round that was told; `undefined` before the first night. */
export async function lastTold(db: Database, roundId: string): Promise<string | undefined> {
  const last = await db
    .select({ day: max(fieldworkDays.day) })
    .from(fieldworkDays)
    .where(eq(fieldworkDays.roundId, roundId))
    .get()
  return last?.day ?? undefined
}

/** The days of a round that were told of a municipality, or of the nation, in order. */
export async function listDays(db: Database, roundId: string, place: string): Promise<ToldDay[]> {
  const rows = await db
    .select()
    .from(fieldworkDays)
    .where(and(eq(fieldworkDays.roundId, roundId), eq(fieldworkDays.place, place)))
    .orderBy(asc(fieldworkDays.day))
    .all()
  return rows.map(({ day, rateLow, rateHigh, ...its }) => ({
    day,
    offered: { low: its.offeredLow, high: its.offeredHigh },
    responded: { low: its.respondedLow, high: its.respondedHigh },
    ...(rateLow === null || rateHigh === null ? {} : { rate: { low: rateLow / parts, high: rateHigh / parts } }),
  }))
}

/** By municipality and of the nation, the highest number that was told on any day to be the least that have answered. */
export async function listLeastResponded(db: Database, roundId: string): Promise<Map<string, number>> {
  const { place, respondedLow } = fieldworkDays
  const rows = await db
    .select({ place, least: sql<number>`max(${respondedLow})` })
    .from(fieldworkDays)
    .where(eq(fieldworkDays.roundId, roundId))
    .groupBy(place)
    .all()
  return new Map(rows.map(({ place, least }) => [place, least]))
}

const parts = 10_000

const columnsOf = ({ offered, responded, rate }: ToldLine) => ({
  offeredLow: offered.low,
  offeredHigh: offered.high,
  respondedLow: responded.low,
  respondedHigh: responded.high,
  rateLow: rate ? Math.round(rate.low * parts) : null,
  rateHigh: rate ? Math.round(rate.high * parts) : null,
})
