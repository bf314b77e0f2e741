import type { Answers } from '../questionnaire/answers.ts'
import { dontKnow, type Question, type QuestionId, questions } from '../questionnaire/questions.ts'
import { kendallTauB } from '../statistics/kendall.ts'
import { roundedQuotient } from '../statistics/rounding.ts'
import { sum } from '../statistics/sum.ts'

/** How strongly a question goes together with overall satisfaction: Kendall's tau-b, from -1 to 1, of so many pairs of answers. */
export interface Association {
  question: QuestionId
  tau: number
  pairs: number
}

/** Of fewer pairs it is not told. */
const fewestPairs = 100

const overall = questions.find(({ id }) => id === 'overall')!

/** Both answers of each person to a question and to the one about overall satisfaction: rows and columns from the worst option to the best. */
export type PairTable = number[][]

export function emptyPairTable(question: Question): PairTable {
  return opinionsWorstFirst(question).map(() => opinionsWorstFirst(overall).map(() => 0))
}

/** Adds one person's pair; nothing where they have no opinion on one of the two. */
export function addPair(table: PairTable, question: Question, answers: Answers): void {
  const row = table[opinionsWorstFirst(question).indexOf(answers[question.id] ?? '')]
  const column = opinionsWorstFirst(overall).indexOf(answers.overall ?? '')
  if (row && column >= 0) row[column]!++
}

/** Two tables of one question together. */
export const addedPairs = (one: PairTable, other: PairTable): PairTable =>
  one.map((row, nth) => row.map((number, column) => number + other[nth]![column]!))

/**
 * The association of a question with overall satisfaction, `tau` to two decimals. The one goes together with the other; that is no cause.
 * It needs both answers of each person, which no table in the database keeps: it is worked out where ballots are opened, and only this is left.
 * @returns `undefined` of fewer than 100 who have an opinion on both, and where all are of one opinion on either
 */
export function associationWithOverall(question: Question, table: PairTable): Association | undefined {
  if (sum(table.map(sum)) < fewestPairs) return undefined
  const found = kendallTauB(table)
  return found && { question: question.id, tau: toHundredths(found.tau), pairs: found.pairs }
}

const worstFirst = new Map(
  questions.map((question) => [question.id, question.options.filter((option) => option !== dontKnow).toReversed()]),
)
const opinionsWorstFirst = ({ id }: Question): string[] => worstFirst.get(id)!

const toHundredths = (tau: number): number => roundedQuotient(100 * tau, 1) / 100
