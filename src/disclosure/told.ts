import { cellOf, type Part, type Range, stepOf, sumOf, widthOfSum } from './steps.ts'
import { beyondBorder, fewestPossible, freshAnswers } from './thresholds.ts'

/** What is told of a number of answers, and how many they were when that last changed. */
export interface Told extends Range {
  moved: number
}

/** What is told before the first night. */
export const nothingTold: Told = { ...stepOf(0), moved: 0 }

/**
 * A step is left only when the number is two beyond its border, and differs by five or more from what it was when it came there:
 * so no single answer can be seen to come, wherever the number stands.
 */
const isLeft = ({ low, high, moved }: Told, number: number) =>
  (number >= high + beyondBorder || number <= low - beyondBorder) && Math.abs(number - moved) >= freshAnswers

/**
 * What is told of a number from tonight on.
 * @param most how many it can be at most, as staff know it. Where six codes went out, "5 to 9" would say that all six were used: a
 * step is not reached before more could have answered, and then not before five more have.
 */
export function tellAnew(told: Told = nothingTold, number: number, most = Number.POSITIVE_INFINITY): Told {
  if (!isLeft(told, number)) return told
  const isRising = number > told.high
  // Just behind a border nobody arrives either, however far the number has come in a day.
  let step = stepOf(isRising ? number - 1 : number + 1)
  while (step.low > told.high && most < step.low + fewestPossible) step = stepOf(step.low - 1)
  // Held back: it waits for five more, so that nobody sees a step come by saying that more codes went out.
  return step.low === told.low ? { ...told, moved: number } : { ...step, moved: number }
}

/**
 * What is told of a sum from tonight on, so that it tells of none of its parts more than is told of them tonight.
 * @param parts what is told of its parts from tonight on
 * @param spare as `cellOf` has it
 */
export function tellSumAnew(told: Told | undefined, number: number, parts: Part[], spare = 1): Told {
  const cells = { width: widthOfSum(sumOf(parts).high), spare }
  const moved = told?.moved ?? 0
  const now = { ...cellOf(moved, parts, cells), moved }
  return isLeft(now, number) ? { ...cellOf(number, parts, cells), moved: number } : now
}
