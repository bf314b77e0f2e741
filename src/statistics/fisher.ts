import { type Proportion, pooled } from './proportion.ts'
import { sum } from './sum.ts'

/** Two tables are equally likely where the difference could be of rounding alone. */
const asLikely = 1 + 1e-7

/**
 * The exact test of two shares: how likely, if both are alike, a table is that is not more likely than this one, on either side.
 * Fisher 1935 (Journal of the Royal Statistical Society 98:39): a table with x of n1 and k - x of n2 positive is as likely as
 * C(n1, x) C(n2, k - x) / C(n1 + n2, k). From 0 to 1; 1 where one of them is nobody.
 */
export function fisherExactP(first: Proportion, second: Proportion): number {
  const { people, positive } = pooled([first, second])
  const lowest = Math.max(0, positive - second.people)
  const highest = Math.min(positive, first.people)
  /** How many times as likely it is to find one more of the positive among the first. */
  const ratio = (found: number) =>
    ((positive - found) * (first.people - found)) / ((found + 1) * (second.people - positive + found + 1))

  // Weights against the likeliest table: factorials of so many people are no numbers any more.
  const likeliest = Math.floor(((positive + 1) * (first.people + 1)) / (people + 2))
  const weights = new Map([[likeliest, 1]])
  for (let found = likeliest; found < highest; found++) weights.set(found + 1, weights.get(found)! * ratio(found))
  for (let found = likeliest; found > lowest; found--) weights.set(found - 1, weights.get(found)! / ratio(found - 1))

  const seen = weights.get(first.positive)!
  const all = [...weights.values()]
  return Math.min(1, sum(all.filter((weight) => weight <= seen * asLikely)) / sum(all))
}
