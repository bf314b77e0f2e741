import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answers } from '../../src/questionnaire/answers.ts'
import { qualityQuestions, type questions } from '../../src/questionnaire/questions.ts'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'
import { sharesPositive } from '../../src/results/shares.ts'
import { makeTally } from '../../src/results/tally.ts'
import { someAnswers } from '../questionnaire/some-answers.ts'

const groupOf = new Map<string, TargetGroup>([
  ['a1', 'addiction'],
  ['a2', 'addiction'],
  ['y1', 'youth'],
  ['g1', 'guardian'],
])
const groups = ['addiction', 'youth', 'guardian'] as const

type Response = [stratumId: string, answers: Answers]
const someResponses = fc.array(fc.tuple(fc.constantFrom(...groupOf.keys()), someAnswers), {
  maxLength: 200,
  size: 'max',
})

const tallyOf = (responses: Response[]) => {
  const tally = makeTally()
  for (const [stratumId, answers] of responses) tally.add(stratumId, answers)
  return tally
}
/** Nobody was asked in the groups in which nobody answered. */
function sharesOf(responses: Response[]) {
  const busy = new Set(responses.map(([stratumId]) => groupOf.get(stratumId)))
  const idle = new Set(groups.filter((group) => !busy.has(group)))
  return sharesPositive(tallyOf(responses).counts(), groupOf, groups, idle)
}
const shareOf = (responses: Response[], targetGroup: string, question = 'overall') =>
  sharesOf(responses).find((share) => share.targetGroup === targetGroup && share.question === question)!
const times = (number: number, response: Response): Response[] => Array.from({ length: number }, () => response)

/** The definition of the catalogue, in the plainest words, over the responses themselves. */
function recount(responses: Response[], targetGroup: string, question: (typeof questions)[number]) {
  const persons = responses.filter(([stratumId]) => targetGroup === 'total' || groupOf.get(stratumId) === targetGroup)
  const opinions = persons
    .map(([, answers]) => answers[question.id])
    .filter((option) => option && option !== 'dont_know')
  const positive = opinions.filter((option) => question.positive.has(option!)).length
  return { positive: positive / opinions.length, respondents: opinions.length }
}

describe('the share positive', () => {
  test('is what a naive recount finds, for every question, group and the total', () => {
    fc.assert(
      fc.property(someResponses, (responses) => {
        const shares = sharesOf(responses)
        expect(shares).toHaveLength(4 * 7)
        for (const { targetGroup, question, status, ...told } of shares) {
          const all = recount(responses, targetGroup, qualityQuestions.find(({ id }) => id === question)!)
          const percent = all.respondents && Math.round(Number((all.positive * 100).toFixed(9)))
          if (status === 'shown') expect(told).toEqual({ ...all, percent })
          else if (status === 'at-least-90' || status === 'at-most-10') {
            expect(told).toEqual({ respondents: all.respondents })
            expect(status === 'at-least-90' ? percent >= 90 : percent <= 10).toBe(true)
          } else expect(told).toEqual({})
          if (status === 'few') expect(all.respondents).toBeLessThan(10)
          else if (status !== 'protected') expect(all.respondents).toBeGreaterThanOrEqual(10)
        }
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
    const ten: Response[] = [
      ...times(5, ['y1', { overall: 'very_satisfied' }]),
      ...times(5, ['y1', { overall: 'very_dissatisfied' }]),
    ]
    const its = { targetGroup: 'youth', question: 'overall' }
    expect(shareOf(ten, 'youth')).toEqual({ ...its, status: 'shown', positive: 0.5, percent: 50, respondents: 10 })
    expect(shareOf(ten.slice(1), 'youth')).toEqual({ ...its, status: 'few' })
  })

  test.each([
    [10, 10, 'at-least-90'],
    [9, 10, 'at-least-90'],
    [8, 10, 'shown'],
    [26, 29, 'at-least-90'],
    [25, 29, 'shown'],
    [1, 10, 'at-most-10'],
    [0, 29, 'at-most-10'],
    [4, 29, 'shown'],
    [30, 30, 'shown'],
    [0, 30, 'shown'],
  ])('of %i of %i is %s: nearly all alike is nearly everybody’s answer', (positive, all, status) => {
    const responses: Response[] = [
      ...times(positive, ['y1', { overall: 'very_satisfied' }]),
      ...times(all - positive, ['y1', { overall: 'very_dissatisfied' }]),
    ]
    expect(shareOf(responses, 'youth')).toMatchObject({ status, respondents: all })
    expect(shareOf(responses, 'total')).toMatchObject({ status, respondents: all })
  })

  test('is told by those who have an opinion on that question: of the same fourteen people one is, and another is not', () => {
    const people = (question: string, first: number, last: number, dontKnow: number) =>
      [['very_easy', 'very_much'], ['very_hard', 'not_at_all'], ['dont_know']].flatMap((options, at) => {
        const option = question === 'contact' ? options[0]! : options.at(-1)!
        return Array.from({ length: [first, last, dontKnow][at]! }, () => option)
      })
    const [contact, influence] = [people('contact', 8, 3, 2), people('influence', 5, 4, 3)]
    const responses = Array.from({ length: 14 }, (_, at): Response => {
      const overall = at < 10 ? { overall: 'very_satisfied' } : {}
      return ['y1', { ...overall, contact: contact[at], influence: influence[at] }]
    })
    expect(shareOf(responses, 'youth', 'contact')).toMatchObject({ percent: 73, respondents: 11 })
    expect(shareOf(responses, 'youth', 'influence')).toMatchObject({ status: 'few' })
    expect(shareOf(responses, 'youth', 'overall')).toMatchObject({ status: 'at-least-90', respondents: 10 })
  })

  test('is not shown for nine with an opinion, however many do not know', () => {
    const responses: Response[] = [
      ...times(9, ['y1', { overall: 'very_satisfied' }]),
      ...times(91, ['y1', { overall: 'dont_know' }]),
    ]
    expect(shareOf(responses, 'youth').status).toBe('few')
  })

  test('is pooled over strata and groups: larger ones weigh more', () => {
    const responses: Response[] = [
      ...times(6, ['a1', { overall: 'very_satisfied' }]),
      ...times(6, ['a2', { overall: 'very_dissatisfied' }]),
      ...times(18, ['g1', { overall: 'fairly_satisfied' }]),
      ...times(10, ['g1', { overall: 'fairly_dissatisfied' }]),
    ]
    expect(shareOf(responses, 'addiction')).toMatchObject({ positive: 0.5, respondents: 12 })
    expect(shareOf(responses, 'guardian')).toMatchObject({ positive: 18 / 28, respondents: 28 })
    expect(shareOf(responses, 'total')).toMatchObject({ positive: 24 / 40, respondents: 40 })
  })

  test('of the total holds everyone, also those who gave another gender or none', () => {
    const responses: Response[] = (['woman', 'man', 'other', undefined] as const).flatMap((gender) =>
      times(5, ['g1', gender ? { gender, views: 'yes' } : { views: 'yes' }]),
    )
    expect(shareOf(responses, 'total', 'views')).toMatchObject({ status: 'at-least-90', respondents: 20 })
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
    for (const share of shares) {
      const { targetGroup, question } = share
      expect(share).toEqual({ targetGroup, question, status: targetGroup === 'total' ? 'protected' : 'few' })
    }
  })
})
