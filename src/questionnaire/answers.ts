import { type QuestionId, questions } from './questions.ts'

/** One person's answers by question id; a question that was skipped is absent. */
export type Answers = Partial<Record<QuestionId, string>>

/** A response is only counted when at least one question is answered. */
export function isEmpty(answers: Answers): boolean {
  return questions.every(({ id }) => answers[id] === undefined)
}

/** Eight numbers, one a question in order: 0 for skipped, otherwise the option's place counted from 1. */
export function optionNumbers(answers: Answers): number[] {
  return questions.map(({ id, options }) => options.indexOf(answers[id] ?? '') + 1)
}

/**
 * The reverse of {@link optionNumbers}.
 * @throws RangeError when there are not eight numbers, or one of them is no option.
 */
export function answersOf(numbers: ArrayLike<number>): Answers {
  if (numbers.length !== questions.length)
    throw new RangeError(`${numbers.length} option numbers instead of ${questions.length}`)

  const answers: Answers = {}
  questions.forEach(({ id, options }, index) => {
    const number = numbers[index]!
    if (number === 0) return
    const option = options[number - 1]
    if (option === undefined) throw new RangeError(`question ${id} has no option ${number}`)
    answers[id] = option
  })
  return answers
}
