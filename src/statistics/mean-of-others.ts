import { twoSidedP, z95 } from './normal.ts'
import type { Proportion } from './proportion.ts'
import { sum } from './sum.ts'
import type { Interval } from './wilson.ts'

/** How far a share lies from the mean of others, from -1 to 1. */
interface DifferenceToMean {
  difference: number
  standardError: number
  z: number
  p: number
  interval: Interval
}

/** Of fewer, one in which all are alike, and which so seems to vary by nothing, would count for too much. */
const fewestMembers = 5

/**
 * A share against the unweighted mean of the k - 1 others', at 95 %: the test of Wald 1943 (Transactions of the American Mathematical
 * Society 54:426), with the variance p(1 - p)/n + (sum of p_j(1 - p_j)/n_j) / (k - 1)². The difference to the mean of all k is
 * (1 - 1/k) of it, so that its sign is the same.
 * @param others all members but the one, `undefined` where it is not known how many people a share is of
 * @returns `undefined` with fewer than five members in all, where one is not known, and where nothing varies
 */
export function differenceToMeanOfOthers(
  own: Proportion,
  others: readonly (Proportion | undefined)[],
): DifferenceToMean | undefined {
  const members = [own, ...others].filter((member) => member !== undefined && member.people > 0) as Proportion[]
  if (members.length < fewestMembers || members.length <= others.length) return undefined
  const mean = sum(members.slice(1).map(({ people, positive }) => positive / people)) / others.length
  const [variance, ...variances] = members.map(varianceOf)
  const standardError = Math.sqrt(variance! + sum(variances) / others.length ** 2)
  if (standardError === 0) return undefined
  const difference = own.positive / own.people - mean
  const z = difference / standardError
  const reach = z95 * standardError
  return {
    difference,
    standardError,
    z,
    p: twoSidedP(z),
    interval: { low: difference - reach, high: difference + reach },
  }
}

const varianceOf = ({ people, positive }: Proportion): number => (positive * (people - positive)) / people ** 3
