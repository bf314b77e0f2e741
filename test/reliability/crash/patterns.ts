import { type Answers, optionNumbers } from '../../../src/questionnaire/answers.ts'
import { questions } from '../../../src/questionnaire/questions.ts'

const choices = questions.map(({ options }) => options.length + 1) // each option, or skipped

/** In how many ways the eight questions can be answered, everything skipped included. */
export const patternCount = choices.reduce((product, number) => product * number, 1)

/** Shares no factor with {@link patternCount}, so that counting in its steps meets every pattern once. */
const stride = 5 ** 8

/**
 * A fresh pattern of answers at each call, never twice the same and never empty, so that a ballot tells which POST it came from.
 * @throws RangeError when all have been used.
 */
export function freshPatterns(): () => number {
  let used = 0
  return () => {
    if (++used >= patternCount) throw new RangeError('all patterns of answers have been used')
    return (used * stride) % patternCount
  }
}

/** The answers of a pattern. */
export function answersOfPattern(pattern: number): Answers {
  const answers: Answers = {}
  let rest = pattern
  for (const [index, { id, options }] of questions.entries()) {
    const number = rest % choices[index]!
    rest = Math.floor(rest / choices[index]!)
    if (number > 0) answers[id] = options[number - 1]!
  }
  return answers
}

/** The reverse of {@link answersOfPattern}. */
export function patternOf(answers: Answers): number {
  return optionNumbers(answers).reduceRight((pattern, number, index) => pattern * choices[index]! + number, 0)
}
