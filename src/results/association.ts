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

/**
 * The association of a question with overall satisfaction, `tau` to two decimals. The one goes together with the other; that is no cause.
 * It needs both answers of each person, which no table keeps: it is worked out where ballots are opened, and only this is left.
 * @returns `undefined` of fewer than 100 who have an opinion on both, and where all are of one opinion on either
 */
export function associationWithOverall(question: Question, responses: Iterable<Answers>): Association | undefined {
  const table = pairTable(question, responses)
  if (sum(table.map(sum)) < fewestPairs) return undefined
  const found = kendallTauB(table)
  return found && { question: question.id, tau: toHundredths(found.tau), pairs: found.pairs }
}

/** Pairs of answers, both from the worst option to the best: forms have them the other way round. */
function pairTable(question: Question, responses: Iterable<Answers>): number[][] {
  const [rows, columns] = [opinionsWorstFirst(question), opinionsWorstFirst(overall)]
  const table = rows.map(() => columns.map(() => 0))
  for (const answers of responses) {
    const row = table[rows.indexOf(answers[question.id] ?? '')]
    const column = columns.indexOf(answers.overall ?? '')
    if (row && column >= 0) row[column]!++
  }
  return table
}

const opinionsWorstFirst = ({ options }: Question): string[] =>
  options.filter((option) => option !== dontKnow).toReversed()

const toHundredths = (tau: number): number => roundedQuotient(100 * tau, 1) / 100
