import { dontKnow, type Question } from '../questionnaire/questions.ts'
import type { Proportion } from '../statistics/proportion.ts'
import { sum } from '../statistics/sum.ts'
import type { Count } from './tally.ts'

/** How many persons chose each option of a question, by its id, in the order of the form; "don't know" is one of them. */
export type Distribution = ReadonlyMap<string, number>

/** @param counts of the persons of whom it is asked: of a stratum, or a gender; those of other questions are left out. */
export function distributionOf({ id, options }: Question, counts: readonly Count[]): Distribution {
  const own = counts.filter(({ question }) => question === id)
  const numberOf = (chosen: string) => sum(own.filter(({ option }) => option === chosen).map(({ number }) => number))
  return new Map(options.map((option) => [option, numberOf(option)]))
}

/**
 * Those who answered a question and did not say "don't know", and how many of their answers are positive: the definition of the public
 * indicator catalogue (Kolada). Whoever skipped it has not answered.
 */
export function opinionsOf({ positive }: Question, distribution: Distribution): Proportion {
  const parts = partsOf(distribution)
  return {
    people: sum(parts.map(({ number }) => number)),
    positive: sum(parts.filter(({ option }) => positive.has(option)).map(({ number }) => number)),
  }
}

/** How many chose each option but "don't know", in the order of the form: parts of the `people` of {@link opinionsOf}. */
export const partsOf = (distribution: Distribution): { option: string; number: number }[] =>
  [...distribution].filter(([option]) => option !== dontKnow).map(([option, number]) => ({ option, number }))

/** The share of those who answered a question that said "don't know", from 0 to 1; `undefined` where nobody answered. */
export function shareDontKnow(distribution: Distribution): number | undefined {
  const answered = sum([...distribution.values()])
  return answered === 0 ? undefined : (distribution.get(dontKnow) ?? 0) / answered
}

/** For how many the situation is better, as before, and worse, as they say: three parts of those who have an opinion. */
export function changeSplit(situation: Question, distribution: Distribution) {
  const { people, positive: better } = opinionsOf(situation, distribution)
  const unchanged = distribution.get('no_change') ?? 0
  return { better, unchanged, worse: people - better - unchanged }
}
