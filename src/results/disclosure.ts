import { nearlyAll, nearlyNone, smallestShown, smallestUnanimous } from '../disclosure/thresholds.ts'
import type { Proportion } from '../statistics/proportion.ts'
import { wholePercent } from '../statistics/rounding.ts'

/** What may be told of a cell by itself: 0 % of ten people says what each of them answered, and 95 % nearly so. */
export function statusOf({ people, positive }: Proportion): 'shown' | 'few' | 'at-least-90' | 'at-most-10' {
  if (people < smallestShown) return 'few'
  if (people >= smallestUnanimous) return 'shown'
  const percent = wholePercent(positive, people)
  return percent >= nearlyAll ? 'at-least-90' : percent <= nearlyNone ? 'at-most-10' : 'shown'
}

interface Range {
  low: number
  high: number
}

/**
 * Whether the total, beside what is told of its groups, would tell what they keep back. Beside a group that is hidden it is never
 * told: from "all of them: 33 people" and the numbers of the others it would follow how many of a hidden group have answered, and
 * were it told only where nobody has, or ten in all, then that it is not told. It depends on nothing of a hidden group, so that it
 * tells nothing of it. A group told as "at least 90 %" or "at most 10 %" keeps all that those words leave open.
 * @param groups all that could answer, those of whom nobody has among them
 */
export function tellsTooMuch(groups: Proportion[], total: Proportion): boolean {
  if (groups.some((cell) => statusOf(cell) === 'few')) return true

  const ranges = groups.map(openOf)
  const lowest = ranges.reduce((sum, { low }) => sum + low, 0)
  const highest = ranges.reduce((sum, { high }) => sum + high, 0)
  const whole = openOf(total)
  return ranges.some(({ low, high }) => low + highest - high < whole.low || high + lowest - low > whole.high)
}

/** The numbers of positive answers that what is told of a cell of ten people or more leaves open by itself. */
function openOf(cell: Proportion): Range {
  const { people, positive } = cell
  const status = statusOf(cell)
  if (status === 'shown') return { low: positive, high: positive }
  const alike = Array.from({ length: people + 1 }, (_, possible) => possible).filter(
    (possible) => statusOf({ people, positive: possible }) === status,
  )
  return { low: alike[0]!, high: alike.at(-1)! }
}
