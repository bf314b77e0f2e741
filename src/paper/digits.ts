import { type Answers, answersOf } from '../questionnaire/answers.ts'
import { questions } from '../questionnaire/questions.ts'
import { withAsciiDigits } from '../text/digits.ts'

/** Eight option numbers as they are printed on a form, 0 for a question without a readable answer. */
export type Digits = number[]

/** The field of each question on the page. */
export const digitFields = questions.map((_, index) => `q${index + 1}`)

/** What was typed, or which fields hold no number of an option: a text key for each. */
export type ReadDigits = { digits: Digits; problems?: undefined } | { problems: Record<string, string> }

/**
 * Reads one digit a question. Digits that are `known` already need not be typed.
 * An empty field is a problem: only a 0 says that there is nothing on the paper.
 */
export function readDigits(form: Record<string, unknown>, known: (number | undefined)[] = []): ReadDigits {
  const problems: Record<string, string> = {}
  const digits = questions.map(({ options }, index) => {
    const field = digitFields[index]!
    const typed = withAsciiDigits(String(form[field] ?? known[index] ?? '').trim())
    const digit = /^\d$/.test(typed) ? Number(typed) : Number.NaN
    if (digit <= options.length) return digit
    problems[field] = typed === '' ? 'staff.paper.problem.missing' : 'staff.paper.problem.range'
    return 0
  })
  return Object.keys(problems).length > 0 ? { problems } : { digits }
}

/** The places at which two entries of one form differ, from 0. */
export function differences(first: Digits, second: Digits): number[] {
  return first.flatMap((digit, index) => (digit === second[index] ? [] : [index]))
}

export const isBlank = (digits: Digits): boolean => digits.every((digit) => digit === 0)

export const answersOfDigits = (digits: Digits): Answers => answersOf(digits)
