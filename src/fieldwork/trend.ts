import type { ToldDay } from '../disclosure/night.ts'
import { dayNumber } from '../time/days.ts'

/** How far the fieldwork had come on the evening of a day; the first day of a round is 1. */
export interface TrendPoint extends ToldDay {
  number: number
}

/** The days of a round as they were told, in order. */
export const trend = (days: ToldDay[], opensOn: string): TrendPoint[] =>
  days.map((told) => ({ number: dayNumber(opensOn, told.day), ...told }))

/** The same day of an earlier round, or its last before that; `undefined` where there is none. */
export function atDay(points: TrendPoint[], number: number): TrendPoint | undefined {
  return points.filter((point) => point.number <= number).at(-1)
}
