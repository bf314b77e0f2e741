import { dayNumber } from './days.ts'
import type { Line } from './overview.ts'
import type { Dispositions } from './response-rate.ts'
import { exactly, isExact, type Range, stepOf } from './steps.ts'

/** The ledger at the end of a day. */
export interface DayCount extends Dispositions {
  day: string
}

/** How far the fieldwork had come at the end of a day; the first day of a round is 1. `rate` is a share from 0 to 1. */
export interface TrendPoint {
  number: number
  day: string
  offered: Range
  responded: Range
  rate?: Range
}

/**
 * The days of a round in order, with today at the end. No day tells more than today's line: small numbers are steps, and from where
 * the numbers pass the lowest that is told today they are what is told today.
 */
export function trend(days: DayCount[], opensOn: string, today: { day: string; line: Line }): TrendPoint[] {
  const { line } = today
  const past = days
    .filter(({ day }) => day < today.day)
    .map(({ day, offered, responded }) => pointOf(day, opensOn, offersOf(offered, line), answersOf(responded, line)))
  return [...past, pointOf(today.day, opensOn, line.offered, line.responded)]
}

/** The same day of an earlier round, or its last before that; `undefined` where there is none. */
export function atDay(points: TrendPoint[], number: number): TrendPoint | undefined {
  return points.filter((point) => point.number <= number).at(-1)
}

function pointOf(day: string, opensOn: string, offered: Range, responded: Range): TrendPoint {
  const isTold = responded.low >= 20 && offered.low > 0 && responded.low <= offered.high
  const rate = { low: responded.low / offered.high, high: Math.min(1, responded.high / offered.low) }
  return { number: dayNumber(opensOn, day), day, offered, responded, rate: isTold ? rate : undefined }
}

function answersOf(responded: number, { responded: today }: Line): Range {
  if (responded < 20) return stepOf(responded)
  return isExact(today) || responded <= today.low ? exactly(responded) : today
}

/** Where answers are offers and are not told, offers are told in twenties. */
function offersOf(offered: number, { offered: today }: Line): Range {
  if (isExact(today)) return exactly(offered)
  const low = offered - (offered % 20)
  return { low, high: low + 19 }
}
