import { benjaminiHochberg, holm } from '../statistics/multiple-comparisons.ts'
import { newcombeInterval } from '../statistics/newcombe.ts'
import { type Proportion, restOf, shareOf } from '../statistics/proportion.ts'
import { twoProportionP } from '../statistics/two-proportions.ts'
import type { Interval } from '../statistics/wilson.ts'

/** How two shares differ: `difference` of the first to the second from -1 to 1, `interval` of it at 95 %, `p` of the test. */
export interface Comparison {
  difference: number
  interval: Interval
  p: number
}

/** What may be said of the first of two: chance alone would part them so far in fewer than one of twenty cases, or it cannot be told. */
export type TestOutcome = 'higher' | 'lower' | 'no-sure-difference'

/**
 * Two shares of people of whom nobody is in both: two years, women and men, two units. Sizes of services, not of these very people, so
 * nothing is corrected for a finite population. `undefined` where one of them is nobody; what is suppressed is not to be compared at all.
 */
export function comparisonOf(first: Proportion, second: Proportion): Comparison | undefined {
  const interval = newcombeInterval(first, second)
  if (!interval) return undefined
  return { difference: shareOf(first)! - shareOf(second)!, interval, p: twoProportionP(first, second) }
}

/**
 * A part against the whole that it is in, as a municipality against all answers of the nation. Test and interval are against the rest:
 * p - p_whole = (1 - n/N)(p - p_rest), so that the sign is the same, and the whole would hide part of it. `difference` is to the whole.
 * `undefined` where the part or the rest is nobody.
 * @throws RangeError when the part cannot lie in the whole
 */
export function comparisonWithWhole(part: Proportion, whole: Proportion): Comparison | undefined {
  const toRest = comparisonOf(part, restOf(whole, part))
  return toRest && { ...toRest, difference: shareOf(part)! - shareOf(whole)! }
}

/** Up to so many comparisons all that is called a difference is to be one; of a longer list about one in twenty may be chance. */
const mostTogether = 50

/** Chance is taken for a difference in one of so many cases: 0.05. */
const significance = 0.05

/**
 * What may be said of each of the comparisons that a reader sees together, in their order: by Holm's adjustment, and beyond fifty by
 * Benjamini's and Hochberg's.
 * @param shown all of them, and none that is suppressed: the more there are, the further apart each must lie
 */
export function outcomesOf(shown: readonly Pick<Comparison, 'difference' | 'p'>[]): TestOutcome[] {
  const adjust = shown.length <= mostTogether ? holm : benjaminiHochberg
  const ps = adjust(shown.map(({ p }) => p))
  return shown.map(({ difference }, at) => {
    if (ps[at]! >= significance || difference === 0) return 'no-sure-difference'
    return difference > 0 ? 'higher' : 'lower'
  })
}
