import type { Proportion } from '../statistics/proportion.ts'
import { wholePercent } from '../statistics/rounding.ts'
import type { Range } from './steps.ts'
import { fewestCounts, nearlyAll, nearlyNone, smallestShown, smallestUnanimous } from './thresholds.ts'

/** The words that may stand instead of a share of so many: `undefined` where it is neither nearly all nor nearly none. */
export function wordsOf({ people, positive }: Proportion): 'at-least-90' | 'at-most-10' | undefined {
  const percent = wholePercent(positive, people)
  return percent >= nearlyAll ? 'at-least-90' : percent <= nearlyNone ? 'at-most-10' : undefined
}

/** Whether a share would nearly say what each of them answered, so that only words may be told. */
export const isUnanimous = (set: Proportion): boolean => isFew(set.people) && wordsOf(set) !== undefined

/** Whether so many are told in words where they are of one opinion. */
const isFew = (people: number): boolean => people >= smallestShown && people < smallestUnanimous

/** The numbers of positive answers that "at most 10 %" leaves open of so many people, and "at least 90 %". */
export const countsOfWords = (people: number): { none: Range; all: Range } => ({
  none: countsBetween(people, 0, nearlyNone),
  all: countsBetween(people, nearlyAll, 100),
})

/** The numbers of positive answers that a whole per cent leaves open: of up to a hundred people just one. */
export const countsOfPercent = (people: number, percent: number): Range => countsBetween(people, percent, percent)

/** All counts whose whole per cent, half away from zero, is from one to another: p - 1/2 <= 100 x / n < p + 1/2. */
function countsBetween(people: number, from: number, to: number): Range {
  const first = Math.ceil((people * (2 * from - 1)) / 200)
  const behind = Math.ceil((people * (2 * to + 1)) / 200)
  return { low: Math.max(0, first), high: Math.min(people, behind - 1) }
}

/**
 * Whether what everything that is told leaves possible of a set is enough. Of fewer than ten it is three counts, or all of one person's.
 * Of fewer than thirty it is not narrower than words are: either end is open as far as they are, or farther. Of more nothing is asked.
 */
export function isOpenEnough({ people }: Pick<Proportion, 'people'>, { low, high }: Range): boolean {
  if (people < smallestShown) return high - low + 1 >= Math.min(fewestCounts, people + 1)
  if (!isFew(people)) return true
  const { none, all } = countsOfWords(people)
  const isLowOpen = low < all.low || (low === all.low && high === people)
  const isHighOpen = high > none.high || (high === none.high && low === 0)
  return isLowOpen && isHighOpen
}
