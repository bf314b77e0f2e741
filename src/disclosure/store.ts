import type { Database } from '../database/connection.ts'
import type { Night, ToldDay, ToldLine } from './night.ts'
import { nationPlace } from './told-numbers.ts'

/** Writes a night at once, or nothing where that day, or a later one, was told already. @returns whether it was written */
export async function writeNight(db: Database, { roundId, day, today, told, lines }: Night): Promise<boolean> {
  const client = db.$client
  const put = client.prepare(
    `insert into told_numbers (round_id, place, part, low, high, moved) values (?, ?, ?, ?, ?, ?)
    on conflict do update set low = excluded.low, high = excluded.high, moved = excluded.moved`,
  )
  const putDay = client.prepare('insert into fieldwork_days values (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const write = client.transaction(() => {
    client.prepare('delete from fieldwork_days where round_id = ? and day > ?').run(roundId, today)
    if (isTold(db, { roundId, day, today })) return false
    for (const { place, part, told: range } of told) put.run(roundId, place, part, range.low, range.high, range.moved)
    for (const { place, line } of lines) putDay.run(roundId, day, place, ...figuresOf(line))
    return true
  })
  return write.immediate()
}

/** Takes out days that have not come yet: a wrong clock has told them. Gives how many days of how many rounds it were, together. */
export async function forgetDaysAfter(db: Database, today: string): Promise<number> {
  const later = db.$client
    .prepare(`delete from fieldwork_days where day > ? returning place = '${nationPlace}'`)
    .pluck()
  return later.all(today).filter(Boolean).length
}

/** Whether a day of a round was told, or one after it that has come. */
export async function wasTold(db: Database, night: Pick<Night, 'roundId' | 'day' | 'today'>): Promise<boolean> {
  return isTold(db, night)
}

function isTold(db: Database, { roundId, day, today }: Pick<Night, 'roundId' | 'day' | 'today'>): boolean {
  const find = db.$client.prepare(
    `select 1 from fieldwork_days where round_id = ? and day between ? and ? and place = '${nationPlace}'`,
  )
  return find.get(roundId, day, today) !== undefined
}

/** The last day of a round that was told; `undefined` before the first night. */
export async function lastTold(db: Database, roundId: string): Promise<string | undefined> {
  const last = db.$client.prepare('select max(day) from fieldwork_days where round_id = ?').pluck().get(roundId)
  return (last as string | null) ?? undefined
}

/** The days of a round that were told of a municipality, or of the nation, in order. */
export async function listDays(db: Database, roundId: string, place: string): Promise<ToldDay[]> {
  const rows = db.$client
    .prepare(
      `select day, offered_low, offered_high, responded_low, responded_high, rate_low, rate_high
      from fieldwork_days where round_id = ? and place = ? order by day`,
    )
    .raw()
    .all(roundId, place) as [string, number, number, number, number, number | null, number | null][]
  return rows.map(([day, offeredLow, offeredHigh, low, high, rateLow, rateHigh]) => ({
    day,
    offered: { low: offeredLow, high: offeredHigh },
    responded: { low, high },
    ...(rateLow === null || rateHigh === null ? {} : { rate: { low: rateLow / parts, high: rateHigh / parts } }),
  }))
}

const parts = 10_000

const figuresOf = ({ offered, responded, rate }: ToldLine) => [
  ...[offered.low, offered.high, responded.low, responded.high],
  ...(rate ? [Math.round(rate.low * parts), Math.round(rate.high * parts)] : [null, null]),
]
