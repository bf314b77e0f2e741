import { fisherExactP } from './fisher.ts'
import { twoSidedP } from './normal.ts'
import { type Proportion, pooled } from './proportion.ts'

/** With a smaller expected count the normal distribution is no guide: Cochran 1954 (Biometrics 10:417). */
const fewestExpected = 5

/**
 * How far two shares are apart, the first less the second, in standard deviations of what chance does where both are alike:
 * (p1 - p2) / sqrt(p (1 - p) (1/n1 + 1/n2)), p of both together. Its square is Pearson's chi-squared (1900, Philosophical
 * Magazine 50:157).
 * @returns `undefined` where all are positive or none is, and where one of them is nobody
 */
export function pooledZ(first: Proportion, second: Proportion): number | undefined {
  const { people, positive } = pooled([first, second])
  if (first.people === 0 || second.people === 0 || positive === 0 || positive === people) return undefined
  const share = positive / people
  const deviation = Math.sqrt(share * (1 - share) * (1 / first.people + 1 / second.people))
  return (first.positive / first.people - second.positive / second.people) / deviation
}

/** The smallest number in the table of two shares, if both were alike; 0 where all are positive or none is. */
export function smallestExpected(first: Proportion, second: Proportion): number {
  const { people, positive } = pooled([first, second])
  return people === 0 ? 0 : (Math.min(first.people, second.people) * Math.min(positive, people - positive)) / people
}

/**
 * How likely chance alone parts two shares so far, that have nobody in common: by {@link pooledZ}, and by Fisher's exact test where a
 * number of fewer than five is expected. From 0 to 1. Not corrected for a finite population: the question is whether services differ,
 * and the people of next year are others.
 */
export function twoProportionP(first: Proportion, second: Proportion): number {
  if (smallestExpected(first, second) < fewestExpected) return fisherExactP(first, second)
  return twoSidedP(pooledZ(first, second)!)
}
