import type { ToldDay } from '../disclosure/night.ts'
import { dayNumber } from '../time/days.ts'

/** How far the fieldwork had come on the evening of a day; the first day of a round is 1. */
export interface TrendPoint extends ToldDay {
  number: number
}

/** The days of a round as they were told, in order. */
export const trend = (days: ToldDay[], opensOn: string): TrendPoint[] =>
  days.map((told) => ({ number: dayNumber(opensOn, told.day), ...told }))

/**
 * The days with what is told of a part by now in place of what was told of that day or a later one: offers are counted as they are made,
 * so a line that ended on the evening before would end at another rate than the page tells.
 */
export function upToNow(points: TrendPoint[], now: TrendPoint): TrendPoint[] {
  return [...points.filter(({ number }) => number < now.number), now]
}

/** The same day of an earlier round, or its last before that; `undefined` where there is none. */
export function atDay(points: TrendPoint[], number: number): TrendPoint | undefined {
  return points.filter((point) => point.number <= number).at(-1)
}
