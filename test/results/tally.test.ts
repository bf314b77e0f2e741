import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Channel } from '../../src/invitation/disposition.ts'
import type { Answers } from '../../src/questionnaire/answers.ts'
import type { TargetGroup } from '../../src/questionnaire/target-groups.ts'
import { makeTally } from '../../src/results/tally.ts'
import { someAnswers } from '../questionnaire/some-answers.ts'

const groupOf = new Map<string, TargetGroup>([
  ['a1', 'addiction'],
  ['a2', 'addiction'],
  ['y1', 'youth'],
  ['g1', 'guardian'],
])

type Response = [stratumId: string, answers: Answers]
const someResponses = fc.array(fc.tuple(fc.constantFrom(...groupOf.keys()), someAnswers), {
  maxLength: 120,
  size: 'max',
})

/** Any channel, the same for the same answers. */
const channelOf = ({ contact }: Answers): Channel => (contact === 'very_easy' ? 'tablet' : contact ? 'paper' : 'letter')

const tallyOf = (responses: Response[]) => {
  const tally = makeTally()
  for (const [stratumId, answers] of responses) tally.add(stratumId, answers, channelOf(answers))
  return tally
}
describe('the counts', () => {
  test('are what a naive recount finds in every cell', () => {
    fc.assert(
      fc.property(someResponses, (responses) => {
        const counts = tallyOf(responses).counts()
        for (const { stratumId, gender, question, option, number } of counts) {
          const same = responses.filter(
            ([stratum, answers]) =>
              stratum === stratumId &&
              (answers.gender ?? 'none') === gender &&
              answers[question as keyof Answers] === option,
          )
          expect(number).toBe(same.length)
        }
        const given = responses.flatMap(([, answers]) => Object.values(answers))
        expect(counts.reduce((sum, { number }) => sum + number, 0)).toBe(given.length)
        expect(new Set(counts.map(({ number, ...cell }) => JSON.stringify(cell))).size).toBe(counts.length)
      }),
    )
  })

  test('say how many responded in each stratum', () => {
    fc.assert(
      fc.property(someResponses, (responses) => {
        const counted = tallyOf(responses).responses()
        for (const { stratumId, channel, gender, number } of counted) {
          const same = responses.filter(
            ([stratum, answers]) =>
              stratum === stratumId && channelOf(answers) === channel && (answers.gender ?? 'none') === gender,
          )
          expect(number).toBe(same.length)
        }
        expect(counted.reduce((sum, { number }) => sum + number, 0)).toBe(responses.length)
      }),
    )
  })

  test('do not tell in which order people answered', () => {
    fc.assert(
      fc.property(someResponses, (responses) => {
        expect(tallyOf([...responses].reverse()).counts()).toEqual(tallyOf(responses).counts())
      }),
    )
  })
})
