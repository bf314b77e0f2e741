import { type Comparison, comparisonOf, outcomesOf, type TestOutcome } from './comparison.ts'
import type { GroupOrTotal, Indicator } from './indicator.ts'
import { runsOf } from './series.ts'
import { intervalOf, participationIn, proportionOf, type ShareLine, shareIn } from './share-lines.ts'

/** What a series is of. */
export interface SeriesPlace {
  /** A municipality's code, or `0000` for the nation. */
  area: string
  targetGroup: GroupOrTotal
  question: string
}

/** What is told of a share, whoever told it. */
export type ToldShare = Pick<Indicator, 'status' | 'value' | 'people' | 'positive'>

/** One year of a series. */
export interface SeriesYear {
  year: number
  /** Absent where there is no figure. */
  share?: ToldShare
  interval?: ShareLine['interval']
  /** Whether unaccompanied young people were a target group of their own, who else count as young people. */
  isApart: boolean
  /** Whether the question was put in other words than in the year before it. */
  isReworded: boolean
}

/** What a round of this service tells of a year. */
export interface RoundTold {
  year: number
  told: readonly Indicator[]
  isApart: boolean
  reworded: readonly string[]
}

/** A year of a series from what a round told. */
export function yearOfRound(
  { year, told, isApart, reworded }: RoundTold,
  { area, targetGroup, question }: SeriesPlace,
): SeriesYear {
  const own = told.filter((one) => one.area === area)
  const share = shareIn(own, targetGroup, question)
  const interval = intervalOf(share, participationIn(own, targetGroup))
  return { year, share, interval, isApart, isReworded: reworded.includes(question) }
}

/** Why the years on the two sides of a break are not the same. */
export type BreakKind = 'wording' | 'groups'

export interface SeriesBreak {
  beforeYear: number
  kind: BreakKind
}

/** Before which years a series is broken: the question was reworded, or other people count as the group. */
export function breaksOf(series: readonly SeriesYear[], targetGroup: GroupOrTotal): SeriesBreak[] {
  return series.slice(1).flatMap(({ year, isApart, isReworded }, at): SeriesBreak[] => {
    if (isReworded) return [{ beforeYear: year, kind: 'wording' }]
    const isOfOthers = targetGroup === 'youth' && isApart !== series[at]!.isApart
    return isOfOthers ? [{ beforeYear: year, kind: 'groups' }] : []
  })
}

/** How the last value of a series compares with the first that can be tested of the years that lead to it without a gap or a break. */
export interface SeriesChange {
  from: SeriesYear
  to: SeriesYear
  /** Absent where it is not known of how many people one of them is. */
  outcome?: TestOutcome
}

/**
 * The change over the last unbroken run of years; `undefined` where that is one year. One comparison is made, so nothing is adjusted.
 * @param series by year, the earliest first
 * @param beside what a table beside says of the last year against the one before, so that a page does not judge one pair twice
 */
export function seriesChange(
  series: readonly SeriesYear[],
  targetGroup: GroupOrTotal,
  beside?: { toYearBefore?: TestOutcome },
): SeriesChange | undefined {
  const valued = series.slice(0, series.findLastIndex(({ share }) => share?.value !== undefined) + 1)
  const broken = breaksOf(valued, targetGroup).map(({ beforeYear }) => beforeYear)
  const since = Math.max(Number.NEGATIVE_INFINITY, ...broken)
  const whole = valued.filter(({ year }) => year >= since)
  const run = runsOf(whole.map(({ year, share }) => ({ year, percent: share?.value }))).at(-1) ?? []
  if (run.length < 2) return undefined
  const years = run.map(({ year }) => whole.find((one) => one.year === year)!)
  const to = years.pop()!
  const from = years.find(({ share }) => proportionOf(share)) ?? years[0]!
  const isPairOfTable = from.year === to.year - 1 && to === series.at(-1)
  if (beside && isPairOfTable) return { from, to, outcome: beside.toYearBefore }
  const comparison = comparisonBetween(to, from)
  return { from, to, outcome: comparison && outcomesOf([comparison])[0] }
}

function comparisonBetween(one: SeriesYear, other: SeriesYear): Comparison | undefined {
  const [mine, theirs] = [one.share, other.share].map(proportionOf)
  return mine && theirs && comparisonOf(mine, theirs)
}
