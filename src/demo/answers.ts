import type { Answers } from '../questionnaire/answers.ts'
import { type Question, questions } from '../questionnaire/questions.ts'
import { type Chance, oneOf } from './chance.ts'

/** About how many answer positively, per question, in the years that were published. */
export const usualShares: Record<string, number> = {
  ...{ contact: 0.82, information: 0.86, understanding: 0.83, views: 0.85 },
  ...{ influence: 0.62, situation: 0.77, overall: 0.84 },
}

/** How often an answer goes with how somebody sees it all, per question. */
const closeness: Record<string, number> = {
  ...{ contact: 0.3, information: 0.4, understanding: 0.65, views: 0.5 },
  ...{ influence: 0.6, situation: 0.5, overall: 0.8 },
}

/** What somebody made up would answer: as often positively as usual, and some questions more alike than others. */
export function madeUpAnswers(chance: Chance): Answers {
  const mood = chance()
  return Object.fromEntries(
    questions.filter(() => chance() > 0.03).map((question) => [question.id, optionOf(chance, question, mood)]),
  )
}

/** @param mood from 0 to 1, the lower the better */
function optionOf(chance: Chance, { id, options, positive }: Question, mood: number): string {
  if (id === 'gender')
    return oneOf(chance, [
      ['woman', 51],
      ['man', 47],
      ['other', 2],
    ])
  if (chance() < 0.05) return 'dont_know'
  const isPositive = (chance() < closeness[id]! ? mood : chance()) < usualShares[id]!
  const fitting = options.filter((option) => option !== 'dont_know' && positive.has(option) === isPositive)
  return oneOf(
    chance,
    fitting.map((option, step) => [option, fitting.length - step * 0.4] as const),
  )
}

/** The languages people answer in, about as often as they would. */
export const madeUpLanguage = (chance: Chance) =>
  oneOf(chance, [
    ...([
      ['sv', 66],
      ['ar', 12],
      ['en', 5],
      ['so', 6],
      ['fa', 3],
      ['ti', 3],
      ['uk', 3],
      ['es', 2],
    ] as const),
  ])
