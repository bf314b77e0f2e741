import { fewestPossible, freshAnswers, mostUntold, sumWidths, widerFrom, widths } from './thresholds.ts'

/** A number as far as it may be told: `low` and `high` are equal where it is told to the person. */
export interface Range {
  low: number
  high: number
}

export const exactly = (number: number): Range => ({ low: number, high: number })

export const isExact = ({ low, high }: Range) => low === high

/** The step in which a number of answers lies: 0 to 4, 5 to 9 and so on in fives up to 49, then 50 to 59 and so on in tens. */
export function stepOf(number: number): Range {
  const width = number < widerFrom ? widths.narrow : widths.wide
  const low = number - (number % width)
  return { low, high: low + width - 1 }
}

/** What is known of a sum by those who know its parts. It tells nothing but what they tell. */
export function sumOf(ranges: Iterable<Range>): Range {
  const sum = exactly(0)
  for (const { low, high } of ranges) {
    sum.low += low
    sum.high += high
  }
  return sum
}

/** What is told of a part of a sum, and how far the other parts can count on it: see `reachOf`. */
export interface Part extends Range {
  reach?: number
}

/**
 * The numbers that a told range leaves possible to somebody who knows how it is told: a step is come to from one behind its border on,
 * and left no sooner than two behind the next. Up to eight can have answered where the first is told: it is not left before more codes
 * went out, and what staff say of that can be wrong, so that it is so where they say that there were none.
 */
export function possibleIn({ low, high }: Range): Range {
  if (low === 0) return { low, high: Math.max(high + 1, mostUntold) }
  return { low: low + 1, high: high + 1 }
}

/**
 * The numbers that a told step leaves possible to whoever followed every night of it, by how far it has gone on since it came there. It begins
 * one behind its border. One behind the next it is where it came on the last night, or where it is the first and many codes went out;
 * else it stays until five more have answered, and where it was held back for few codes, four more could have before.
 */
export const knownIn = ({ low, high }: Range): KnownNumber => ({
  least: low === 0 ? 0 : low + 1,
  most: [high + 1, high + freshAnswers, high + fewestPossible + freshAnswers - 1],
})

/** The same of a sum that is told in a cell, which is come to from its first number on. */
export const knownInCell = ({ low, high }: Range): KnownNumber => ({
  least: low,
  most: [high, high + freshAnswers - 1, high + freshAnswers - 1],
})

/** The least that a number can be, and the most: of several, the first holds that can. */
export interface KnownNumber {
  least: number
  most: [number, number, number]
}

/**
 * How many answers of a part are possible for certain, if need be, to somebody who was told this of it. None where the first step is
 * told: whoever adds units and has codes printed for them that nobody gets, knows that. Where more is told, people have answered, and
 * that cannot be had for nothing. `most` as staff count it lowers this, and nothing else.
 */
export function reachOf(told: Range, most = Number.POSITIVE_INFINITY): number {
  const { low, high } = possibleIn(told)
  return low === 0 ? 0 : Math.max(low, Math.min(high, most))
}

const reach = (part: Part) => part.reach ?? reachOf(part)

/** Parts as one part of a greater sum. */
export const partOf = (parts: Part[]): Part => ({
  ...sumOf(parts),
  reach: highestOf(parts),
})

/**
 * As much of a sum as may be told without telling more of any of its parts than their ranges do: the cell in which it lies, of cells
 * that depend on the ranges alone. At the ends they are as wide as the widest part, between them `width` wide.
 *
 * Why no part is told: whatever a part is within its range, the others can make up for it. In the lowest cell they can all be
 * at their lowest, in the highest at their reach; between the ends they have room for the widest part, upward and downward.
 * So a sum of sums may be told by the same rule. And since the cells do not depend on the number, which one is told says nothing
 * beyond it. What staff count of codes lowers the reach and with it the beginning of the highest cell. It must not move the end of
 * the lowest, nor the width of a part: who says that all letters are left over would see more.
 * @param spare how many times the widest part is kept at the ends: more than 1 where the parts are told in another sum too.
 */
export function cellOf(number: number, parts: Part[], { width, spare = 1 }: { width: number; spare?: number }): Range {
  const told = sumOf(parts)
  const widest = spare * widestOf(parts)
  const first = Math.ceil((lowestOf(parts) + widest + 1) / width) * width
  const last = Math.floor((highestOf(parts) - widest - 1) / width) * width // which is come to from one behind its border on
  if (first > last) return told
  if (number < first) return { low: told.low, high: first - 1 }
  if (number >= last) return { low: last, high: Math.max(last + width - 1, told.high) }
  const begin = number - (number % width)
  return { low: begin, high: begin + width - 1 }
}

const lowestOf = (parts: Part[]) => sumOf(parts.map(possibleIn)).low
const highestOf = (parts: Part[]) => parts.reduce((sum, part) => sum + reach(part), 0)

/** How many numbers, less one, are possible in the widest of some parts. */
function widestOf(parts: Part[]): number {
  const widths = parts.map(possibleIn).map(({ low, high }) => high - low)
  return widths.reduce((most, width) => Math.max(most, width), 0)
}

/** Whether two lists of numbers that add up to the same leave each number of each range of theirs possible. */
export function leavesOpen(ones: Part[], others: Part[]): boolean {
  const widest = Math.max(widestOf(ones), widestOf(others))
  const isReached = (from: Part[], to: Part[]) => lowestOf(from) + widest <= highestOf(to)
  return isReached(ones, others) && isReached(others, ones)
}

/** How wide the cells of a sum are, by the highest it can be. */
export function widthOfSum(high: number): number {
  return sumWidths.find(({ upTo }) => high <= upTo)!.width
}
