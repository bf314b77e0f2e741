import type { Proportion } from '../statistics/proportion.ts'
import { wholePercent } from '../statistics/rounding.ts'
import type { PeopleSet } from './sets.ts'
import type { Range } from './steps.ts'
import { fewestCounts, leastWidth, nearlyAll, nearlyNone, smallestShown, smallestUnanimous } from './thresholds.ts'

/** The words that may stand instead of a share of so many: `undefined` where it is neither nearly all nor nearly none. */
export function wordsOf({ people, positive }: Proportion): 'at-least-90' | 'at-most-10' | undefined {
  const percent = wholePercent(positive, people)
  return percent >= nearlyAll ? 'at-least-90' : percent <= nearlyNone ? 'at-most-10' : undefined
}

/** Whether a share would nearly say what each of them answered, so that only words may be told. */
export const isUnanimous = (set: Proportion): boolean =>
  set.people >= smallestShown && set.people < smallestUnanimous && wordsOf(set) !== undefined

/**
 * The numbers of positive answers that what is told of a set leaves possible by itself, for someone who knows how many people it is:
 * whole per cent and number are one of at most a few counts, and of up to a hundred people just one.
 */
export function countsOf(set: PeopleSet): Range {
  const { people, positive, share, hasNumber } = set
  if (share === 'hidden') return { low: 0, high: people }
  if (share === 'words') return countsOfWords(set)
  if (hasNumber) return { low: positive, high: positive }
  const percent = wholePercent(positive, people)
  return countsBetween(people, percent, percent)
}

const countsOfWords = (set: Proportion) =>
  wordsOf(set) === 'at-least-90' ? countsBetween(set.people, nearlyAll, 100) : countsBetween(set.people, 0, nearlyNone)

/** All counts whose whole per cent, half away from zero, is from one to another: p - 1/2 <= 100 x / n < p + 1/2. */
function countsBetween(people: number, from: number, to: number): Range {
  const first = Math.ceil((people * (2 * from - 1)) / 200)
  const behind = Math.ceil((people * (2 * to + 1)) / 200)
  return { low: Math.max(0, first), high: Math.min(people, behind - 1) }
}

/**
 * Whether what everything that is told leaves possible of a set is enough. Of fewer than ten it is three counts, or all of one person's,
 * and half of their range; where only words may be told, whatever these leave open; of other sets nothing is asked.
 */
export function isOpenEnough(set: Proportion, { low, high }: Range): boolean {
  const { people } = set
  if (people < smallestShown) {
    return high - low + 1 >= Math.min(fewestCounts, people + 1) && high - low >= people * leastWidth
  }
  if (!isUnanimous(set)) return true
  const words = countsOfWords(set)
  return low <= words.low && high >= words.high
}
