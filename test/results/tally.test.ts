import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answers } from '../../src/questionnaire/answers.ts'
import { qualityQuestions, type questions } from '../../src/questionnaire/questions.ts'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'
import { makeTally, sharesPositive } from '../../src/results/tally.ts'
import { someAnswers } from '../questionnaire/some-answers.ts'

const groupOf = new Map<string, TargetGroup>([
  ['a1', 'addiction'],
  ['a2', 'addiction'],
  ['y1', 'youth'],
  ['g1', 'guardian'],
])
const groups = ['addiction', 'youth', 'guardian'] as const

type Response = [stratumId: string, answers: Answers]
const someResponses = fc.array(fc.tuple(fc.constantFrom(...groupOf.keys()), someAnswers), { maxLength: 120 })

const tallyOf = (responses: Response[]) => {
  const tally = makeTally()
  for (const [stratumId, answers] of responses) tally.add(stratumId, answers)
  return tally
}
const sharesOf = (responses: Response[]) => sharesPositive(tallyOf(responses).counts(), groupOf, groups)
const shareOf = (responses: Response[], targetGroup: string, question = 'overall') =>
  sharesOf(responses).find((share) => share.targetGroup === targetGroup && share.question === question)!
const times = (number: number, response: Response): Response[] => Array.from({ length: number }, () => response)

/** The definition of the catalogue, in the plainest words, over the responses themselves. */
function recount(responses: Response[], targetGroup: string, question: (typeof questions)[number]) {
  const persons = responses.filter(([stratumId]) => targetGroup === 'total' || groupOf.get(stratumId) === targetGroup)
  const opinions = persons
    .map(([, answers]) => answers[question.id])
    .filter((option) => option && option !== 'dont_know')
  if (opinions.length < 10) return { targetGroup, question: question.id, suppressed: true }
  const positive = opinions.filter((option) => question.positive.has(option!)).length / opinions.length
  return { targetGroup, question: question.id, positive, respondents: opinions.length, suppressed: false }
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
        for (const stratumId of groupOf.keys())
          expect(counted.get(stratumId) ?? 0).toBe(responses.filter(([stratum]) => stratum === stratumId).length)
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

describe('the share positive', () => {
  test('is what a naive recount finds, for every question, group and the total', () => {
    fc.assert(
      fc.property(someResponses, (responses) => {
        const expected = [...groups, 'total'].flatMap((group) =>
          qualityQuestions.map((question) => recount(responses, group, question)),
        )
        expect(sharesOf(responses)).toEqual(expected)
      }),
    )
  })

  test('counts the positive options of each question and no other', () => {
    const positives = sharesOf(
      qualityQuestions.flatMap(({ id, options }) =>
        options.flatMap((option) => times(10, ['g1', { [id]: option }] as Response)),
      ),
    ).filter(({ targetGroup }) => targetGroup === 'guardian')
    expect(positives.map(({ question, positive, respondents }) => [question, positive, respondents])).toEqual([
      ['contact', 2 / 4, 40],
      ['information', 2 / 4, 40],
      ['understanding', 2 / 4, 40],
      ['views', 1 / 2, 20],
      ['influence', 2 / 4, 40],
      ['situation', 2 / 5, 50],
      ['overall', 2 / 4, 40],
    ])
  })

  test('leaves "do not know" and skipped questions out of the denominator', () => {
    const responses = [
      ...times(9, ['y1', { overall: 'very_satisfied' }]),
      ...times(3, ['y1', { overall: 'very_dissatisfied' }]),
      ...times(50, ['y1', { overall: 'dont_know' }]),
      ...times(50, ['y1', { contact: 'very_easy' }]),
    ] satisfies Response[]
    expect(shareOf(responses, 'youth')).toMatchObject({ positive: 0.75, respondents: 12 })
  })

  test('is shown for ten, and for nine neither it nor their number', () => {
    const ten = times(10, ['y1', { overall: 'very_satisfied' }])
    expect(shareOf(ten, 'youth')).toEqual({
      targetGroup: 'youth',
      question: 'overall',
      positive: 1,
      respondents: 10,
      suppressed: false,
    })
    expect(shareOf(ten.slice(1), 'youth')).toEqual({ targetGroup: 'youth', question: 'overall', suppressed: true })
  })

  test('is not shown for nine with an opinion, however many do not know', () => {
    const responses: Response[] = [
      ...times(9, ['y1', { overall: 'very_satisfied' }]),
      ...times(91, ['y1', { overall: 'dont_know' }]),
    ]
    expect(shareOf(responses, 'youth').suppressed).toBe(true)
  })

  test('is pooled over strata and groups: larger ones weigh more', () => {
    const responses: Response[] = [
      ...times(6, ['a1', { overall: 'very_satisfied' }]),
      ...times(6, ['a2', { overall: 'very_dissatisfied' }]),
      ...times(28, ['g1', { overall: 'fairly_satisfied' }]),
    ]
    expect(shareOf(responses, 'addiction')).toMatchObject({ positive: 0.5, respondents: 12 })
    expect(shareOf(responses, 'guardian')).toMatchObject({ positive: 1, respondents: 28 })
    expect(shareOf(responses, 'total')).toMatchObject({ positive: 34 / 40, respondents: 40 })
  })

  test('of the total holds everyone, also those who gave another gender or none', () => {
    const responses: Response[] = (['woman', 'man', 'other', undefined] as const).flatMap((gender) =>
      times(5, ['g1', gender ? { gender, views: 'yes' } : { views: 'yes' }]),
    )
    expect(shareOf(responses, 'total', 'views')).toMatchObject({ positive: 1, respondents: 20 })
    expect(
      tallyOf(responses)
        .counts()
        .filter(({ question }) => question === 'views'),
    ).toMatchObject([
      { gender: 'man', number: 5 },
      { gender: 'none', number: 5 },
      { gender: 'other', number: 5 },
      { gender: 'woman', number: 5 },
    ])
  })

  test('is there for a group that nobody answered in, and hidden', () => {
    const shares = sharesPositive([], new Map(), targetGroups)
    expect(shares).toHaveLength(6 * 7)
    expect(shares.every(({ suppressed, positive, respondents }) => suppressed && !positive && !respondents)).toBe(true)
  })
})
