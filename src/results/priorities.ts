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

/** What may be said of questions with a low result: which of them go together with overall satisfaction, and how much; or that none clearly does. */
export interface FirstPriorities {
  strength: 'strong' | 'clear' | 'none'
  questions: QuestionId[]
}

/** Those of the picture that come first, where they really do: that they do so more than other questions is not enough. */
export function firstPriorities(questions: readonly PlacedPriority[]): FirstPriorities {
  const first = questions.filter(({ result, association }) => result === 'low' && association === 'strong')
  for (const [strength, least] of [
    ['strong', strong],
    ['clear', clear],
  ] as const) {
    const found = first.filter(({ tau }) => tau >= least)
    if (found.length > 0) return { strength, questions: found.map(({ question }) => question) }
  }
  return { strength: 'none', questions: [] }
}

/** Weaker ones are no association to speak of. */
const weakest = 0.1

/**
 * From where on an association is said to be clear, and strong: where Kendall's tau goes with a correlation of 0.3 and 0.5, a "medium" and a
 * "large" one in Cohen, "Statistical Power Analysis for the Behavioral Sciences" (1988, 3.2.1), by Greiner's relation r = sin(pi tau / 2) (Kendall,
 * "Rank Correlation Methods", 1948, 10.13), which puts them at 0.194 and at one third.
 */
const clear = 0.2
const strong = 1 / 3

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
