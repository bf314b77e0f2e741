/** How many people had an opinion on a question, and how many of them were positive. */
export interface Cell {
  people: number
  positive: number
}

/** Cells of fewer people than this are not told to anybody. The public indicator catalogue marks them `..`. */
export const smallestShown = 10

/** From this many on a share is told as it is, also where all are of one opinion. */
const smallestUnanimous = 30

/** A hidden cell keeps at least so many steps, and at least half of its own, between the fewest and the most that may be positive. */
const leastOpen = 3

/** Per cent, rounded half away from zero, in whole numbers throughout: 57 of 200 is 29. @param whole at least 1. */
export function wholePercent(part: number, whole: number): number {
  return Math.floor((200 * part + whole) / (2 * whole))
}

/** What may be told of a cell by itself: 0 % of ten people says what each of them answered, and 95 % nearly so. */
export function statusOf({ people, positive }: Cell): 'shown' | 'few' | 'at-least-90' | 'at-most-10' {
  if (people < smallestShown) return 'few'
  if (people >= smallestUnanimous) return 'shown'
  const percent = wholePercent(positive, people)
  return percent >= 90 ? 'at-least-90' : percent <= 10 ? 'at-most-10' : 'shown'
}

interface Range {
  low: number
  high: number
}

/**
 * Whether the total, beside what is told of its groups, would tell what they keep back, to somebody who knows how many people are
 * in each. What is left after the groups that are told is nobody, or at least ten people; a hidden group keeps at least half of
 * its range; a group told as "at least 90 %" or "at most 10 %" keeps all that those words leave open.
 */
export function tellsTooMuch(groups: Cell[], total: Cell): boolean {
  const hidden = groups.reduce((sum, cell) => sum + (statusOf(cell) === 'few' ? cell.people : 0), 0)
  if (hidden > 0 && hidden < smallestShown) return true

  const ranges = groups.map(openOf)
  const lowest = ranges.reduce((sum, { low }) => sum + low, 0)
  const highest = ranges.reduce((sum, { high }) => sum + high, 0)
  const whole = openOf(total)
  return groups.some((cell, nth) => {
    const { low, high } = ranges[nth]!
    const from = Math.max(low, whole.low - (highest - high))
    const to = Math.min(high, whole.high - (lowest - low))
    return to - from < mustStayOpen(cell, high - low)
  })
}

function mustStayOpen(cell: Cell, before: number): number {
  return statusOf(cell) === 'few' && cell.people > 0 ? Math.max(leastOpen, cell.people / 2) : before
}

/** The numbers of positive answers that what is told of a cell by itself leaves open. */
function openOf(cell: Cell): Range {
  const { people, positive } = cell
  const status = statusOf(cell)
  if (status === 'few') return { low: 0, high: people }
  if (status === 'shown') return { low: positive, high: positive }
  const alike = Array.from({ length: people + 1 }, (_, possible) => possible).filter(
    (possible) => statusOf({ people, positive: possible }) === status,
  )
  return { low: alike[0]!, high: alike.at(-1)! }
}
