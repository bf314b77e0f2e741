import { z95 } from './normal.ts'
import type { Proportion } from './proportion.ts'

/** From `low` to `high`, both within it: of shares from 0 to 1, of their differences from -1 to 1. */
export interface Interval {
  low: number
  high: number
}

/**
 * The score interval of a share p of n people, at 95 %: (p + ψ ± sqrt(2ψp(1 - p) + ψ²)) / (1 + 2ψ), where ψ = z²/(2n). Wilson 1927
 * (Journal of the American Statistical Association 22:209), which is method 3 of Newcombe 1998 (Statistics in Medicine 17:857). Of a
 * census in which some did not answer it is corrected for the finite population: z² is multiplied by (N - n)/(N - 1), O'Neill 2021
 * (arXiv 2109.12464). Where everybody answered it is a point.
 * It holds the share always, and says nothing of *who* did not answer.
 * @param population N, how many could have answered; need not be whole. Without it, or where it is smaller than those who did, there
 * is no correction
 * @returns `undefined` for nobody, and for a population of one
 */
export function wilsonInterval({ people, positive }: Proportion, population?: number): Interval | undefined {
  if (people === 0 || (population !== undefined && population <= 1)) return undefined
  const share = positive / people
  const psi = (z95 ** 2 * correction(people, population)) / (2 * people)
  const reach = Math.sqrt(2 * psi * share * (1 - share) + psi ** 2)
  const end = (direction: -1 | 1) => (share + psi + direction * reach) / (1 + 2 * psi)
  return {
    low: Math.min(share, end(-1)),
    high: Math.min(1, Math.max(share, end(1))),
  }
}

/** The finite population correction, from 0, where all have answered, to 1. */
function correction(people: number, population: number | undefined): number {
  if (population === undefined || population < people) return 1
  return (population - people) / (population - 1)
}
