import type { Answers } from '../questionnaire/answers.ts'
import { questions } from '../questionnaire/questions.ts'

/** `none` is everybody who skipped the question of gender. */
export type GenderCell = 'woman' | 'man' | 'other' | 'none'

/** How many persons chose an option: one cell of the finest table that is kept. Zero cells are left out. */
export interface Count {
  stratumId: string
  gender: GenderCell
  question: string
  option: string
  number: number
}

/** Adds a response to the counts of its stratum, in the cell of its gender. */
export function makeTally() {
  const cells = new Map<string, number>()
  const responses = new Map<string, number>()
  return {
    add(stratumId: string, answers: Answers) {
      responses.set(stratumId, (responses.get(stratumId) ?? 0) + 1)
      const gender = answers.gender ?? 'none'
      for (const { id } of questions) {
        const option = answers[id]
        if (option === undefined) continue
        const key = [stratumId, gender, id, option].join(' ')
        cells.set(key, (cells.get(key) ?? 0) + 1)
      }
    },
    /** How many persons of each stratum answered at least one question. */
    responses: (): Map<string, number> => new Map(responses),
    /** The cells in the order of their names, which tells nothing of the order of arrival. */
    counts: (): Count[] =>
      [...cells]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, number]) => {
          const [stratumId, gender, question, option] = key.split(' ') as [string, GenderCell, string, string]
          return { stratumId, gender, question, option, number }
        }),
  }
}
