import { setImmediate as breath } from 'node:timers/promises'
import { type Question, type QuestionId, questions } from '../questionnaire/questions.ts'
import { withAsciiDigits } from '../text/digits.ts'
import { plain } from '../text/plain.ts'

/** What a value of a file means for a question: the number of an option, 0 for no answer, or that its row is left out. */
export type Meaning = number | 'reject'

/** For each question that has a column, what each of its values means. */
export type Meanings = Partial<Record<QuestionId, ReadonlyMap<string, Meaning>>>

/** The labels that an option is known by, in the languages that are guessed from. */
export type Labels = (question: Question, option: string) => string[]

/** More different values than this in one column, and it is no column of a question. */
export const mostValues = 40

/** What stands in a column: its values, each with the number of its cells, in the order of the file, and how many cells are empty. */
export interface ColumnValues {
  /** Of more than `mostValues` different ones only the first of those beyond. */
  values: { value: string; count: number }[]
  empty: number
}

const atATime = 1_000

/** What stands in each of some columns. In slices, so that nobody else waits. */
export async function countValues(
  rows: { cells: string[] }[],
  columns: number[],
): Promise<ReadonlyMap<number, ColumnValues>> {
  const counts = columns.map((column) => ({ column, byValue: new Map<string, number>(), empty: 0 }))
  for (let start = 0; start < rows.length; start += atATime) {
    for (const { cells } of rows.slice(start, start + atATime)) for (const one of counts) countCell(one, cells)
    await breath()
  }
  return new Map(
    counts.map(({ column, byValue, empty }) => [
      column,
      { values: [...byValue].map(([value, count]) => ({ value, count })), empty },
    ]),
  )
}

function countCell(one: { column: number; byValue: Map<string, number>; empty: number }, cells: string[]): void {
  const cell = cells[one.column] ?? ''
  const count = one.byValue.get(cell)
  if (cell === '') one.empty++
  else if (count !== undefined || one.byValue.size <= mostValues) one.byValue.set(cell, (count ?? 0) + 1)
}

const words = (text: string) => plain(withAsciiDigits(text))

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
