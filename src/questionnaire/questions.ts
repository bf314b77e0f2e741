/**
 * The eight questions, their options and what counts as a positive answer, as the public indicator
 * catalogue (Kolada) defines them. Everything else - forms, schemas, ballots, tallies, tests - derives from here.
 *
 * The order of options is the order on the page and the number in a ballot: once a round has answers it never changes.
 */
const scales = {
  ease: ['very_easy', 'fairly_easy', 'fairly_hard', 'very_hard', 'dont_know'],
  understanding: ['very_much', 'fairly_much', 'fairly_little', 'very_little_or_none', 'dont_know'],
  yes_no: ['yes', 'no', 'dont_know'],
  influence: ['very_much', 'fairly_much', 'fairly_little', 'not_at_all', 'dont_know'],
  change: ['improved_a_lot', 'improved_a_little', 'no_change', 'worsened_a_little', 'worsened_a_lot', 'dont_know'],
  satisfaction: ['very_satisfied', 'fairly_satisfied', 'fairly_dissatisfied', 'very_dissatisfied', 'dont_know'],
  gender: ['woman', 'man', 'other'],
} as const

export type Scale = keyof typeof scales

/** Outside every denominator: the person answered, but has no opinion. */
export const dontKnow = 'dont_know'

interface QuestionDefinition {
  id: string
  scale: Scale
  /** How many of the first options are positive; 0 where the question has no such thing. */
  positives: number
}

const definitions = [
  { id: 'contact', scale: 'ease', positives: 2 },
  { id: 'information', scale: 'ease', positives: 2 },
  { id: 'understanding', scale: 'understanding', positives: 2 },
  { id: 'views', scale: 'yes_no', positives: 1 },
  { id: 'influence', scale: 'influence', positives: 2 },
  { id: 'situation', scale: 'change', positives: 2 },
  { id: 'overall', scale: 'satisfaction', positives: 2 },
  { id: 'gender', scale: 'gender', positives: 0 },
] as const satisfies readonly QuestionDefinition[]

export type QuestionId = (typeof definitions)[number]['id']

export interface Question {
  id: QuestionId
  scale: Scale
  options: readonly string[]
  positive: ReadonlySet<string>
}

/** All eight, in the order they are asked. */
export const questions: readonly Question[] = definitions.map(({ id, scale, positives }) => ({
  id,
  scale,
  options: scales[scale],
  positive: new Set(scales[scale].slice(0, positives)),
}))

/** The seven that have an indicator: all but gender. */
export const qualityQuestions = questions.filter(({ positive }) => positive.size > 0)

/**
 * The face beside each option of a scale, from 5 (most positive) to 1 (most negative), by option id.
 * Only scales with two ends and several steps have faces; "don't know" has none.
 */
export function facesOf({ options, positive }: Question): ReadonlyMap<string, number> {
  const steps = options.filter((option) => option !== dontKnow)
  if (positive.size < 2) return new Map()

  const faces = steps.length === 5 ? [5, 4, 3, 2, 1] : [5, 4, 2, 1]
  return new Map(steps.map((option, step) => [option, faces[step]!]))
}
