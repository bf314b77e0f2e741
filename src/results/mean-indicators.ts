import { nearlyAll, nearlyNone } from '../disclosure/thresholds.ts'
import { groupBy } from '../fieldwork/group-by.ts'
import { type Indicator, nationArea } from './indicator.ts'
import { unweightedMean } from './unweighted-mean.ts'

/** What a share counts as among others; `undefined` where none is told. */
export const percentOf = ({ status, value }: Pick<Indicator, 'status' | 'value'>): number | undefined =>
  status === 'at-least-90' ? nearlyAll : status === 'at-most-10' ? nearlyNone : value

/**
 * The unweighted means of what municipalities tell: of all of them, and of those of each county. Of published values alone, so that
 * anybody can work them out, and they reveal nothing. A rate that is known to be no higher is none.
 * @param countyOf the county of each municipality, by their codes
 */
export function meanIndicators(indicators: readonly Indicator[], countyOf: ReadonlyMap<string, string>): Indicator[] {
  const own = indicators.filter(
    ({ level, measure, part }) =>
      level === 'municipality' && (measure === 'positive' || (measure === 'rate' && part === '')),
  )
  const meansOf = (level: 'mean' | 'county', area: string, some: readonly Indicator[]): Indicator[] =>
    [
      ...groupBy(some, ({ targetGroup, gender, measure, question }) =>
        [targetGroup, gender, measure, question].join(' '),
      ).values(),
    ].flatMap((alike) => {
      const mean = unweightedMean(alike.map(percentOf))
      const { targetGroup, gender, measure, question } = alike[0]!
      if (!mean) return []
      return [
        {
          level,
          area,
          targetGroup,
          gender,
          measure,
          question,
          part: '',
          status: 'shown',
          value: mean.mean,
          people: mean.count,
        },
      ]
    })
  const counties = groupBy(own, ({ area }) => countyOf.get(area)!)
  return [
    ...meansOf('mean', nationArea, own),
    ...[...counties].flatMap(([code, some]) => meansOf('county', code, some)),
  ]
}
