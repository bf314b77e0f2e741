import { qualityQuestions } from '../questionnaire/questions.ts'
import { differenceToMeanOfOthers } from '../statistics/mean-of-others.ts'
import type { Proportion } from '../statistics/proportion.ts'
import { wholePercent } from '../statistics/rounding.ts'
import { type Interval, wilsonInterval } from '../statistics/wilson.ts'
import { type Comparison, comparisonOf, comparisonWithWhole, outcomesOf, type TestOutcome } from './comparison.ts'
import { type GroupOrTotal, groupsAndTotal, type Indicator } from './indicator.ts'
import { percentOf } from './mean-indicators.ts'
import { populationOf } from './response-rate.ts'
import { similarMean } from './similar-mean.ts'

/** A share beside another one: what that is, and whether they differ surely; no outcome where one of them is not told with its number. */
export interface Beside {
  share?: Indicator
  outcome?: TestOutcome
}

/** One question of an area and target group, as a row of a table shows it. */
export interface ShareLine {
  question: string
  targetGroup: GroupOrTotal
  /** Absent where the group was not surveyed. */
  share?: Indicator
  /** Between which whole per cents it lies at 95 %, if those who did not answer are like those who did. */
  interval?: { low: number; high: number }
  /** The nation, of which the area is a part; or all target groups, of which a group of the nation is one. */
  whole: Beside
  /** The year before. */
  before: Beside
  /** The unweighted mean of some municipalities that are like it; nothing where that is not asked for. */
  similar: Beside
}

/** All that is told of an area and target group, of what is laid beside it, and which group that is. */
export interface Compared {
  own: readonly Indicator[]
  whole?: readonly Indicator[]
  before?: readonly Indicator[]
  /** All that is told of each municipality that is like it. */
  similar?: readonly (readonly Indicator[])[]
  targetGroup: GroupOrTotal
  /** Where another group of the whole is meant than of the own. */
  wholeGroup?: GroupOrTotal
}

/**
 * The seven questions of an area and target group. What differs surely is judged among all comparisons that stand together: so many are
 * made that chance alone would part some of them.
 */
export function shareLines({
  own,
  whole = [],
  before = [],
  similar = [],
  targetGroup,
  wholeGroup = targetGroup,
}: Compared): ShareLine[] {
  const sharesOf = (id: string) => similar.map((their) => shareIn(their, targetGroup, id))
  const lines = qualityQuestions.map(
    ({ id }): ShareLine => ({
      ...{ question: id, targetGroup, share: shareIn(own, targetGroup, id) },
      ...{ whole: { share: shareIn(whole, wholeGroup, id) }, before: { share: shareIn(before, targetGroup, id) } },
      similar: { share: similarMean(sharesOf(id)) },
    }),
  )
  return judged(lines, own, ({ question }) => sharesOf(question))
}

/** One question of all target groups together and of each, beside all together and beside the year before: judged among each other too. */
export function groupLines({
  own,
  before = [],
  question,
}: Pick<Compared, 'own' | 'before'> & { question: string }): ShareLine[] {
  const lines = groupsAndTotal.map(
    (targetGroup): ShareLine => ({
      ...{ question, targetGroup, share: shareIn(own, targetGroup, question) },
      whole: targetGroup === 'total' ? {} : { share: shareIn(own, 'total', question) },
      before: { share: shareIn(before, targetGroup, question) },
      similar: {},
    }),
  )
  return judged(lines, own)
}

/** The lines with their intervals, and with what is said of each comparison among all that they make. */
function judged(
  lines: ShareLine[],
  own: readonly Indicator[],
  similarOf: (line: ShareLine) => (Indicator | undefined)[] = () => [],
): ShareLine[] {
  const compared: { beside: Beside; comparison: Pick<Comparison, 'difference' | 'p'> }[] = []
  for (const line of lines) {
    const [mine, all, last] = [line.share, line.whole.share, line.before.share].map(proportionOf)
    const toWhole = mine && all && all.people > mine.people && comparisonWithWhole(mine, all)
    const toBefore = mine && last && comparisonOf(mine, last)
    if (toWhole) compared.push({ beside: line.whole, comparison: toWhole })
    if (toBefore) compared.push({ beside: line.before, comparison: toBefore })
    const others = similarOf(line).filter((share) => share && percentOf(share) !== undefined)
    const toSimilar = mine && line.similar.share && differenceToMeanOfOthers(mine, others.map(proportionOf))
    if (toSimilar) compared.push({ beside: line.similar, comparison: toSimilar })
  }
  const outcomes = outcomesOf(compared.map(({ comparison }) => comparison))
  for (const [at, { beside }] of compared.entries()) beside.outcome = outcomes[at]!
  return lines.map((line) => ({ ...line, interval: intervalOf(line.share, participationIn(own, line.targetGroup)) }))
}

/** The share of a question of all genders; `undefined` where nothing was asked. */
export const shareIn = (
  indicators: readonly Indicator[],
  group: GroupOrTotal,
  question: string,
): Indicator | undefined =>
  indicators.find(
    (one) =>
      one.measure === 'positive' && one.gender === 'all' && one.targetGroup === group && one.question === question,
  )

/** What is known of a share to the person; `undefined` where it is not told with its number. */
export function proportionOf(
  share: Pick<Indicator, 'status' | 'people' | 'positive'> | undefined,
): Proportion | undefined {
  if (share?.status !== 'shown' || share.people === undefined || share.positive === undefined) return undefined
  return { people: share.people, positive: share.positive }
}

/** How many answered and were offered, and the rate, as they are told of a target group. */
export function participationIn(indicators: readonly Indicator[], group: GroupOrTotal) {
  const find = (measure: Indicator['measure']) =>
    indicators.find((one) => one.measure === measure && one.targetGroup === group)
  return { responses: find('responses'), offered: find('offered'), rate: find('rate') }
}

/** Between which whole per cents a share lies at 95 %: corrected for a finite population where both numbers of participation are told. */
export function intervalOf(
  share: Indicator | undefined,
  { responses, offered }: ReturnType<typeof participationIn>,
): ShareLine['interval'] {
  const proportion = proportionOf(share)
  if (!proportion) return undefined
  const participation = { responses: responses?.people ?? 0, offered: offered?.people ?? 0 }
  const found = wilsonInterval(proportion, populationOf(proportion.people, participation))
  return found && inPercent(found)
}

const inPercent = ({ low, high }: Interval) => ({ low: wholePercent(low, 1), high: wholePercent(high, 1) })
