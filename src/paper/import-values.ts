import { type Question, type QuestionId, questions } from '../questionnaire/questions.ts'
import { withAsciiDigits } from '../text/digits.ts'

/** What a value of a file means for a question: the number of an option, 0 for no answer, or that its row is left out. */
export type Meaning = number | 'reject'

/** For each question that has a column, what each of its values means. */
export type Meanings = Partial<Record<QuestionId, ReadonlyMap<string, Meaning>>>

/** The labels that an option is known by, in the languages that are guessed from. */
export type Labels = (question: Question, option: string) => string[]

/** More different values than this in one column, and it is no column of a question. */
export const mostValues = 40

/** The values of a column, each once, in the order of the file; an empty cell is no value. */
export function distinctValues(cells: Iterable<string>): string[] {
  const found = new Set<string>()
  for (const cell of cells) {
    if (cell !== '') found.add(cell)
    if (found.size > mostValues) break
  }
  return [...found]
}

/** The values of a column as `distinctValues` gives them, each with the number of its cells. */
export function countValues(cells: Iterable<string>): { value: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const cell of cells) if (cell !== '') counts.set(cell, (counts.get(cell) ?? 0) + 1)
  return [...counts].slice(0, mostValues + 1).map(([value, count]) => ({ value, count }))
}

const words = (text: string) =>
  withAsciiDigits(text)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

const noAnswer = new Set(['0', 'ejsvar', 'ingetsvar', 'noanswer', 'skipped', 'na'])
const doesNotKnow = new Set(['vetej', 'vetinte', 'dontknow'])

/** What a value probably means, by a number from 1 or by the words of an option; `reject` when nothing fits. */
export function guessMeaning(value: string, question: Question, labels: Labels): Meaning {
  const { options } = question
  const number = /^(\d{1,2})(?:[.,]0+)?$/.exec(withAsciiDigits(value))?.[1]
  if (number !== undefined) return Number(number) <= options.length ? Number(number) : 'reject'

  if (value.startsWith('#')) return 'reject' // an error of Excel, such as #N/A, is no skipped question
  const said = words(value)
  if (noAnswer.has(said)) return 0
  const option = options.findIndex((each) => labels(question, each).some((label) => words(label) === said))
  if (option >= 0) return option + 1
  return doesNotKnow.has(said) ? options.indexOf('dont_know') + 1 || 'reject' : 'reject'
}

/** A meaning as a form sends it; `undefined` for what is none of the question. */
export function readMeaning(typed: unknown, { options }: Question): Meaning | undefined {
  if (typed === 'reject') return 'reject'
  return typeof typed === 'string' && /^\d$/.test(typed) && Number(typed) <= options.length ? Number(typed) : undefined
}

/** The eight numbers of a row, or the question whose value leaves the row out. A question without a column has no answer. */
export function digitsOf(cells: (id: QuestionId) => string, meanings: Meanings): number[] | { wrong: QuestionId } {
  const digits: number[] = []
  for (const { id } of questions) {
    const cell = cells(id)
    const meaning = cell === '' || !meanings[id] ? 0 : (meanings[id].get(cell) ?? 'reject')
    if (meaning === 'reject') return { wrong: id }
    digits.push(meaning)
  }
  return digits
}
