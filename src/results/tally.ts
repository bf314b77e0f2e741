import type { Channel } from '../invitation/disposition.ts'
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

/** How many persons of a stratum answered at least one question, by the channel they came by and the gender they gave. */
export interface ResponseCount {
  stratumId: string
  channel: Channel
  gender: GenderCell
  number: number
}

/** Adds a response to the counts of its stratum, in the cell of its gender. */
export function makeTally() {
  const cells = makeCounter<Omit<Count, 'number'>>()
  const responses = makeCounter<Omit<ResponseCount, 'number'>>()
  return {
    add(stratumId: string, answers: Answers, channel: Channel) {
      const gender = (answers.gender ?? 'none') as GenderCell
      responses.add({ stratumId, channel, gender })
      for (const { id } of questions) {
        const option = answers[id]
        if (option !== undefined) cells.add({ stratumId, gender, question: id, option })
      }
    },
    /** How many persons answered at least one question. */
    responses: (): ResponseCount[] => responses.all(),
    /** The cells in the order of their names, which tells nothing of the order of arrival. */
    counts: (): Count[] => cells.all(),
  }
}

/** Counts what is alike in all that it says, and gives it in the order of its words. */
function makeCounter<Cell extends Record<string, string>>() {
  const numbers = new Map<string, { cell: Cell; number: number }>()
  return {
    add(cell: Cell) {
      const key = Object.values(cell).join(' ')
      const counted = numbers.get(key)
      if (counted) counted.number++
      else numbers.set(key, { cell, number: 1 })
    },
    all: (): (Cell & { number: number })[] =>
      [...numbers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { cell, number }]) => ({ ...cell, number })),
  }
}
