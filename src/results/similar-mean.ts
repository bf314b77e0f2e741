import type { Indicator } from './indicator.ts'
import { percentOf } from './mean-indicators.ts'
import { unweightedMean } from './unweighted-mean.ts'

/** Of fewer municipalities there is no mean of some that are like one: it would be a figure of one or two others. */
export const fewestSimilar = 3

/**
 * The unweighted mean of what some municipalities tell of a question, in per cent with one decimal; `people` is how many they are. `undefined`
 * where fewer than three tell a share.
 * @param shares of one question and target group, of each municipality
 */
export function similarMean(shares: readonly (Indicator | undefined)[]): Indicator | undefined {
  const told = shares.filter((share) => share && percentOf(share) !== undefined) as Indicator[]
  const mean = unweightedMean(told.map(percentOf))
  if (!mean || mean.count < fewestSimilar) return undefined
  const { targetGroup, gender, measure, question } = told[0]!
  return {
    ...{ level: 'mean', area: '', targetGroup, gender, measure, question, part: '' },
    ...{ status: 'shown', value: mean.mean, people: mean.count },
  }
}
