import type { Proportion } from '../statistics/proportion.ts'
import { wholePercent } from '../statistics/rounding.ts'
import { countsOfPercent } from './possible-counts.ts'
import { exactly, type Range } from './steps.ts'

/** What is said of a share, and with which numbers of positive answers the same would be said. */
export interface ShareOutcome {
  isExact: boolean
  counts: Range
}

interface Asked {
  /** The numbers of positive answers that all which is told leaves possible. */
  possible: Range
  /** Whether the number of people is told too, so that a share is one number of positive answers. */
  hasNumber: boolean
  /** Whether enough stays open of every set where just these numbers are left. */
  isOpen: (counts: Range) => boolean
}

/**
 * What is said of a set. How that depends on its answers is settled before they are looked at: from one number of positive answers to
 * another the share itself, and at either end, where it would say too much of some set, only that it is there. An end leaves enough open
 * itself, or takes in more. So what is withheld tells no more than that, and the ends follow from what everybody reads
 * (Kenthapadi, Mishra and Nissim 2005, "Simulatable auditing").
 * Where no share can be told whatever the answers are, it is in all that is possible.
 */
export function outcomeOf({ people, positive }: Proportion, asked: Asked): ShareOutcome {
  const { possible } = asked
  const told = grown(toldBetween(people, asked), people, asked)
  if (told.low > told.high) return { isExact: false, counts: possible }
  const ends = [
    { low: possible.low, high: told.low - 1 },
    { low: told.high + 1, high: possible.high },
  ]
  const end = ends.find(({ low, high }) => positive >= low && positive <= high)
  return end ? { isExact: false, counts: end } : { isExact: true, counts: saidWith(positive, people, asked) }
}

/** The numbers with which the same share is told. */
function saidWith(positive: number, people: number, { hasNumber, possible }: Asked): Range {
  if (hasNumber) return exactly(positive)
  const { low, high } = countsOfPercent(people, wholePercent(positive, people))
  return { low: Math.max(low, possible.low), high: Math.min(high, possible.high) }
}

/**
 * Where a share can be told. How much it leaves open of another set rises and then falls with it, as what can flow beside a given flow
 * does; so all is safe between the first and the last that are. A per cent is taken for as few counts as any is.
 */
function toldBetween(people: number, asked: Asked): Range {
  const { possible, hasNumber, isOpen } = asked
  const more = hasNumber ? 0 : Math.max(1, Math.floor(people / 100)) - 1
  const last = Math.max(possible.low, possible.high - more)
  const isSafe = (low: number) => isOpen({ low, high: Math.min(low + more, possible.high) })
  const low = firstSafe(possible.low, last, isSafe)
  if (low === undefined) return nowhere
  const high = Math.min(possible.high, -firstSafe(-last, -low, (at) => isSafe(-at))! + more)
  return hasNumber ? { low, high } : inWholePercents({ low, high }, people, asked)
}

const nowhere: Range = { low: 1, high: 0 }

/** The first that is safe, in steps that grow, and back by halves. */
function firstSafe(from: number, to: number, isSafe: (at: number) => boolean): number | undefined {
  let [before, at] = [from - 1, from]
  for (let step = 1; !isSafe(at); step *= 2) {
    if (at === to) return undefined
    before = at
    at = Math.min(at + step, to)
  }
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2)
    if (isSafe(middle)) at = middle
    else before = middle
  }
  return at
}

/** Without the per cents at either end that are not in it as a whole, or leave too little open: the first and the last are narrower. */
function inWholePercents({ low, high }: Range, people: number, asked: Asked): Range {
  const first = saidWith(low, people, asked)
  const last = saidWith(high, people, asked)
  return {
    low: low === first.low && asked.isOpen(first) ? low : first.high + 1,
    high: high === last.high && asked.isOpen(last) ? high : last.low - 1,
  }
}

/** Less of it, until either end leaves enough open too. */
function grown({ low, high }: Range, people: number, asked: Asked): Range {
  const { possible, isOpen } = asked
  while (low <= high && low > possible.low && !isOpen({ low: possible.low, high: low - 1 }))
    low = saidWith(low, people, asked).high + 1
  while (low <= high && high < possible.high && !isOpen({ low: high + 1, high: possible.high }))
    high = saidWith(high, people, asked).low - 1
  return { low, high }
}
