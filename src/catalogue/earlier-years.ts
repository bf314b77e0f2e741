import { type Indicator, nationArea } from '../results/indicator.ts'
import type { SeriesPlace, SeriesYear } from '../results/year-series.ts'
import { wholePercent } from '../statistics/rounding.ts'
import type { Kpi } from './kpis.ts'

/** A figure of a year that the indicator database has published: per cent, as exactly as it stands there. */
export interface EarlierFigure {
  kpi: string
  area: string
  year: number
  gender: string
  value: number
  /** How many answers it is of, where that is known. */
  people?: number
}

/** In these years unaccompanied young people were a target group of their own; before and after they count as young people. */
const apart = { from: 2017, to: 2019 }

/** Whether unaccompanied young people were a target group of their own in a year before this service had results of its own. */
export const isUnaccompaniedApart = (year: number): boolean => year >= apart.from && year <= apart.to

/**
 * A series of years before this service had results of its own, the earliest first. Of how many people a figure is positive is not published:
 * nothing is tested of it, and it has no interval. A year of which there is no figure is not among them.
 */
export function earlierYears(
  figures: readonly EarlierFigure[],
  kpis: readonly Kpi[],
  { area, targetGroup, question }: SeriesPlace,
): SeriesYear[] {
  const kpi = kpis.find(
    (one) => one.measure === 'positive' && one.targetGroup === targetGroup && one.question === question,
  )
  return figures
    .filter((figure) => figure.kpi === kpi?.id && figure.area === area && figure.gender === 'T')
    .map(({ year, value, people }) => ({
      year,
      share: { status: 'shown' as const, value: wholePercent(value, 100), people },
      isApart: isUnaccompaniedApart(year),
      isReworded: false,
    }))
    .sort((one, other) => one.year - other.year)
}

/**
 * What was published of a year, as if a round of this service had told it: shares of positive answers, how many answered and the response rate,
 * of all genders together. Of how many people a share is positive is not known, so that nothing can be tested of it.
 */
export function earlierIndicators(figures: readonly EarlierFigure[], kpis: readonly Kpi[], year: number): Indicator[] {
  const kpiOf = new Map(kpis.map((kpi) => [kpi.id, kpi]))
  return figures.flatMap((figure): Indicator[] => {
    const kpi = kpiOf.get(figure.kpi)
    if (!kpi || figure.year !== year || figure.gender !== 'T') return []
    const { targetGroup, measure, question } = kpi
    const isNumber = measure === 'responses'
    const people = isNumber ? figure.value : measure === 'positive' ? figure.people : undefined
    return [
      {
        ...{ level: figure.area === nationArea ? 'nation' : 'municipality', area: figure.area, targetGroup },
        ...{ gender: 'all', measure, question, part: '', status: 'shown' },
        value: isNumber ? figure.value : wholePercent(figure.value, 100),
        ...(people === undefined ? {} : { people }),
      },
    ]
  })
}
