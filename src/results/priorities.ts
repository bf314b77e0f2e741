import type { QuestionId } from '../questionnaire/questions.ts'

/** A question with its share positive, from 0 to 1, and its association with overall satisfaction. */
export interface Priority {
  question: QuestionId
  share: number
  tau: number
}

/** A question in the picture: in which half it lies of both, and how much it weighs: tau · (1 - share). */
interface PlacedPriority extends Priority {
  result: 'low' | 'high'
  association: 'weak' | 'strong'
  score: number
}

/** Weaker ones are no association to speak of. */
const weakest = 0.1

/** Two that differ by less are written with the same two decimals. */
const alike = 0.01

/** Of fewer questions there is no picture. */
const fewestQuestions = 4

/**
 * What to look at first: questions with a low result and a strong association with overall satisfaction. The halves are cut at the
 * medians, and who lies on a line is high, or strong. The greatest score comes first, equal ones in their order.
 * @param priorities those that can be told, in the order in which they are asked
 * @returns `undefined` of fewer than four, where nothing goes together with overall satisfaction to speak of, and where all questions do alike:
 * then none comes first
 */
export function priorityPicture(
  priorities: readonly Priority[],
): { share: number; tau: number; questions: PlacedPriority[] } | undefined {
  if (priorities.length < fewestQuestions || priorities.every(({ tau }) => tau < weakest)) return undefined
  const taus = priorities.map(({ tau }) => tau)
  if (Math.max(...taus) - Math.min(...taus) < alike) return undefined
  const cut = { share: median(priorities.map(({ share }) => share)), tau: median(priorities.map(({ tau }) => tau)) }
  const questions = priorities.map((priority) => ({
    ...priority,
    result: priority.share < cut.share ? ('low' as const) : ('high' as const),
    association: priority.tau < cut.tau ? ('weak' as const) : ('strong' as const),
    score: priority.tau * (1 - priority.share),
  }))
  return { ...cut, questions: questions.sort((one, other) => other.score - one.score) }
}

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  const middle = sorted.length / 2
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
}
