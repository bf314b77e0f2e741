/** A number as far as it may be told: `low` and `high` are equal where it is told to the person. */
export interface Range {
  low: number
  high: number
}

/** Where a step begins. From the last on a number is told to the person. */
const steps = [0, 5, 10, 20] as const

/** The step of a small number (0 to 4, 5 to 9, 10 to 19); from 20 on the number itself. */
export function stepOf(number: number): Range {
  const next = steps.findIndex((begin) => begin > number)
  return next < 0 ? exactly(number) : { low: steps[next - 1]!, high: steps[next]! - 1 }
}

export const exactly = (number: number): Range => ({ low: number, high: number })

export const isExact = ({ low, high }: Range) => low === high

/** What is known of a sum by those who know its parts. It tells nothing but what they tell. */
export function sumOf(ranges: Range[]): Range {
  const sum = exactly(0)
  for (const { low, high } of ranges) {
    sum.low += low
    sum.high += high
  }
  return sum
}

/** A number, and what of it is told. */
export interface Veiled {
  number: number
  range: Range
}

/**
 * As much of a sum as may be told without telling more of any of its parts than their ranges do: the number where the parts have
 * room on both sides, else the end of the possible numbers in which it lies, which is as wide as the widest part.
 *
 * Why no part is told: whatever a part is within its range, the others can make up for it. At the low end they can all be at
 * their lowest, at the high end at their highest; in the middle they have room for the widest part, upward and downward. So
 * a sum of sums may be told by the same rule.
 */
export function blend(parts: Veiled[]): Veiled {
  const number = parts.reduce((sum, part) => sum + part.number, 0)
  const { low, high } = sumOf(parts.map(({ range }) => range))
  const widest = parts.reduce((most, { range }) => Math.max(most, range.high - range.low), 0)
  const [lowEnd, highEnd] = [low + widest, high - widest]
  if (lowEnd + 1 >= highEnd) return { number, range: { low, high } }
  if (number <= lowEnd) return { number, range: { low, high: lowEnd } }
  return { number, range: number >= highEnd ? { low: highEnd, high } : exactly(number) }
}

/**
 * The same for a sum over many municipalities, of which each has told its own: the number where at least ten of them have
 * something that is not told, with ten times the widest step to spare on both sides. To find out one part of it, all
 * the others would have to be known.
 */
export function mingle(parts: Veiled[]): Range {
  const number = parts.reduce((sum, part) => sum + part.number, 0)
  const { low, high } = sumOf(parts.map(({ range }) => range))
  const veiled = parts.filter(({ range }) => !isExact(range)).length
  const room = Math.min(number - low, high - number)
  return veiled === 0 || (veiled >= 10 && room >= 10 * 19) ? exactly(number) : { low, high }
}
