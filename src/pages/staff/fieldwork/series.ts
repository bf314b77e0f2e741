import type { TrendPoint } from '../../../fieldwork/trend.ts'
import { rateText, type Words } from '../words.ts'
import type { RateSeries } from './line-chart.ts'

/** The days of a part, and what they are compared with. */
interface Compared {
  name: string
  days: TrendPoint[]
  lastYear?: TrendPoint[]
  nationDays?: TrendPoint[]
  /** The last day of the round: what was a later day last year is not drawn. */
  lastDay: number
}

/** The lines of a chart, each named with the rate it ends at; the part's own comes last, and so lies uppermost. */
export function seriesOf(
  { name, days, lastYear = [], nationDays = [], lastDay }: Compared,
  words: Words,
): RateSeries[] {
  const named = (label: string, kind: RateSeries['kind'], points: TrendPoint[]): RateSeries => {
    const last = points.findLast(({ rate }) => rate)
    return { kind, points, label: last ? `${label} ${rateText(last, words)}` : label }
  }
  return [
    named(
      words.t('staff.fieldwork.lastYear'),
      'last-year',
      lastYear.filter(({ number }) => number <= lastDay),
    ),
    named(words.t('staff.fieldwork.nation'), 'nation', nationDays),
    named(name, 'own', days),
  ]
}
