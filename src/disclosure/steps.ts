/** A number as far as it may be told: `low` and `high` are equal where it is told to the person. */
export interface Range {
  low: number
  high: number
}

export const exactly = (number: number): Range => ({ low: number, high: number })

export const isExact = ({ low, high }: Range) => low === high

/** Up to here numbers are told in fives, from here on in tens. */
const widerFrom = 50

/** The step in which a number of answers lies: 0 to 4, 5 to 9 and so on in fives up to 49, then 50 to 59 and so on in tens. */
export function stepOf(number: number): Range {
  const width = number < widerFrom ? 5 : 10
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

/**
 * The numbers that a told range leaves possible to somebody who knows how it is told: a step is come to from one behind its border on,
 * and left no sooner than two behind the next.
 */
export const possibleIn = ({ low, high }: Range): Range =>
  low === high ? { low, high } : { low: low === 0 ? 0 : low + 1, high: high + 1 }

/**
 * As much of a sum as may be told without telling more of any of its parts than their ranges do: the cell in which it lies, of cells
 * that depend on the ranges alone. At the ends they are as wide as the widest part, between them `width` wide.
 *
 * Why no part is told: whatever a part is within its range, the others can make up for it. In the lowest cell they can all be
 * at their lowest, in the highest at their highest; between the ends they have room for the widest part, upward and downward.
 * So a sum of sums may be told by the same rule. And since the cells do not depend on the number, which one is told says nothing
 * beyond it.
 * @param spare how many times the widest part is kept at the ends: more than 1 where the parts are told in another sum too.
 */
export function cellOf(number: number, parts: Range[], { width, spare = 1 }: { width: number; spare?: number }): Range {
  const told = sumOf(parts)
  const possible = parts.map(possibleIn)
  const { low, high } = sumOf(possible)
  const widest = spare * widestOf(possible)
  const first = Math.ceil((low + widest + 1) / width) * width
  const last = Math.floor((high - widest) / width) * width
  if (first > last) return told
  if (number < first) return { low: told.low, high: first - 1 }
  if (number >= last) return { low: last, high: Math.max(last + width - 1, told.high) }
  const begin = number - (number % width)
  return { low: begin, high: begin + width - 1 }
}

/** The width of the widest of some ranges. */
export const widestOf = (ranges: Range[]): number =>
  ranges.reduce((most, { low, high }) => Math.max(most, high - low), 0)

/** Whether two lists of numbers that add up to the same leave each number of each range of theirs possible. */
export function leavesOpen(ones: Range[], others: Range[]): boolean {
  const [one, other] = [ones.map(possibleIn), others.map(possibleIn)]
  const [sum, same] = [sumOf(one), sumOf(other)]
  const widest = Math.max(widestOf(one), widestOf(other))
  const isReached = (low: number, high: number) => low + widest <= high
  return isReached(sum.low, same.high) && isReached(same.low, sum.high)
}

/** How wide the cells of a sum are, by the highest it can be. */
export function widthOfSum(high: number): number {
  if (high <= 50) return 5
  if (high <= 500) return 10
  return high <= 2_000 ? 20 : 100
}
