import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answers } from '../../src/questionnaire/answers.ts'
import { type Question, qualityQuestions } from '../../src/questionnaire/questions.ts'
import { addPair, associationWithOverall as associationOf, emptyPairTable } from '../../src/results/association.ts'
import { firstPriorities, priorityPicture } from '../../src/results/priorities.ts'
import { kendallTauB } from '../../src/statistics/kendall.ts'
import { shareOf } from '../../src/statistics/proportion.ts'
import { fraction } from '../statistics/some-proportions.ts'

/** The association in some responses. */
function associationWithOverall(question: Question, responses: Answers[]) {
  const table = emptyPairTable(question)
  for (const answers of responses) addPair(table, question, answers)
  return associationOf(question, table)
}

const questionOf = (id: string): Question => qualityQuestions.find((question) => question.id === id)!
const overall = ['very_dissatisfied', 'fairly_dissatisfied', 'fairly_satisfied', 'very_satisfied']

/** Responses of which so many chose each pair: rows are options from worst to best, columns those of overall satisfaction. */
const responsesOf = (question: string, options: string[], table: number[][]): Answers[] =>
  table.flatMap((row, nth) =>
    row.flatMap((number, column) =>
      Array.from({ length: number }, () => ({ [question]: options[nth], overall: overall[column] })),
    ),
  )
const understanding = responsesOf(
  'understanding',
  ['very_little_or_none', 'fairly_little', 'fairly_much', 'very_much'],
  [
    [6, 3, 1, 0],
    [4, 9, 5, 1],
    [2, 7, 31, 9],
    [0, 1, 11, 30],
  ],
)
const views = responsesOf(
  'views',
  ['no', 'yes'],
  [
    [7, 10, 12, 4],
    [5, 10, 36, 36],
  ],
)

describe('the association of a question with overall satisfaction', () => {
  test('is positive where who answers one well answers both well, though forms begin with the best', () => {
    expect(associationWithOverall(questionOf('understanding'), understanding)).toEqual({
      question: 'understanding',
      tau: 0.65,
      pairs: 120,
    })
    expect(associationWithOverall(questionOf('views'), views)).toEqual({ question: 'views', tau: 0.34, pairs: 120 })
  })

  test('is of those alone who have an opinion on both', () => {
    const others: Answers[] = [
      { understanding: 'very_much' },
      { overall: 'very_dissatisfied' },
      { understanding: 'dont_know', overall: 'very_satisfied' },
      { understanding: 'very_much', overall: 'dont_know' },
      {},
    ]
    const many = Array.from({ length: 40 }, () => others).flat()
    const alone = associationWithOverall(questionOf('understanding'), understanding)
    expect(associationWithOverall(questionOf('understanding'), [...many, ...understanding])).toEqual(alone)
  })

  test('is told from a hundred pairs on, and not where all are equally satisfied', () => {
    expect(associationWithOverall(questionOf('understanding'), understanding.slice(0, 100))?.pairs).toBe(100)
    expect(associationWithOverall(questionOf('understanding'), understanding.slice(0, 99))).toBeUndefined()
    const content = understanding.map((answers) => ({ ...answers, overall: 'very_satisfied' }))
    expect(associationWithOverall(questionOf('understanding'), content)).toBeUndefined()
  })

  test('is rounded to two decimals, and does not depend on the order of responses', () => {
    const responses = fc.array(
      fc.record({
        influence: fc.constantFrom(...questionOf('influence').options),
        overall: fc.constantFrom(...questionOf('overall').options),
      }),
      { minLength: 150, maxLength: 400, size: 'max' },
    )
    fc.assert(
      fc.property(responses, (some) => {
        const found = associationWithOverall(questionOf('influence'), some)
        if (!found) return
        expect(associationWithOverall(questionOf('influence'), [...some].reverse())).toEqual(found)
        expect(Number(found.tau.toFixed(2))).toBe(found.tau)
        const places = (id: string, option: string) => questionOf(id).options.indexOf(option)
        const table = [0, 1, 2, 3].map((row) =>
          [0, 1, 2, 3].map(
            (column) =>
              some.filter(
                (one) => places('influence', one.influence) === row && places('overall', one.overall) === column,
              ).length,
          ),
        )
        expect(Math.abs(found.tau - kendallTauB(table)!.tau)).toBeLessThan(0.00501)
      }),
      { numRuns: 40 },
    )
  })
})

describe('the picture of priorities', () => {
  const asked = [
    ['contact', '86/110', 0.31],
    ['information', '97/112', 0.42],
    ['understanding', '90/120', 0.65],
    ['views', '87/120', 0.34],
    ['influence', '58/105', 0.55],
    ['situation', '71/108', 0.48],
  ] as const
  const priorities = asked.map(([question, text, tau]) => ({ question, share: shareOf(fraction(text))!, tau }))

  test('has first what has a low result and goes together with satisfaction', () => {
    const { share, tau, questions } = priorityPicture(priorities)!
    expect(share).toBeCloseTo(0.7375, 12)
    expect(tau).toBeCloseTo(0.45, 12)
    expect(
      questions.map(({ question, result, association, score }) => [
        question,
        result,
        association,
        Math.round(1e6 * score) / 1e6,
      ]),
    ).toEqual([
      ['influence', 'low', 'strong', 0.24619],
      ['situation', 'low', 'strong', 0.164444],
      ['understanding', 'high', 'strong', 0.1625],
      ['views', 'low', 'weak', 0.0935],
      ['contact', 'high', 'weak', 0.067636],
      ['information', 'high', 'weak', 0.05625],
    ])
    const percents = [55.238095, 65.740741, 75, 72.5, 78.181818, 86.607143]
    for (const [at, one] of questions.entries()) expect(100 * one.share).toBeCloseTo(percents[at]!, 6)
  })

  test('names what comes first as strong or as clear only where it is', () => {
    const firstOf = (taus: number[]) =>
      firstPriorities(priorityPicture(priorities.map((one, nth) => ({ ...one, tau: taus[nth]! })))!.questions)
    expect(firstOf(asked.map(([, , tau]) => tau))).toEqual({
      strength: 'strong',
      questions: ['influence', 'situation'],
    })
    expect(firstOf([0.11, 0.12, 0.11, 0.11, 0.14, 0.13])).toEqual({ strength: 'none', questions: [] })
    expect(firstOf([0.11, 0.12, 0.11, 0.11, 0.14, 0.2])).toEqual({ strength: 'clear', questions: ['situation'] })
    expect(firstOf([0.11, 0.12, 0.11, 0.11, 0.34, 0.2])).toEqual({ strength: 'strong', questions: ['influence'] })
    expect(firstOf([0.6, 0.6, 0.6, 0.2, 0.2, 0.2])).toEqual({ strength: 'none', questions: [] })
  })

  test('is drawn of what can be told, of four at least; a question on a line is high, and strong', () => {
    const five = priorityPicture(priorities.slice(1))!
    expect(five.share).toBe(0.725)
    expect(five.questions.find(({ question }) => question === 'views')).toMatchObject({ result: 'high' })
    expect(five.tau).toBe(0.48)
    expect(five.questions.find(({ question }) => question === 'situation')).toMatchObject({ association: 'strong' })
    expect(priorityPicture(priorities.slice(2))?.questions).toHaveLength(4)
    expect(priorityPicture(priorities.slice(3))).toBeUndefined()
  })

  test('has equal ones in the order in which they are asked, and never leaves one out', () => {
    const alike = priorities.map(({ question }, at) => ({ question, share: 0.5, tau: at === 0 ? 0.51 : 0.5 }))
    expect(priorityPicture(alike)!.questions.map(({ question }) => question)).toEqual(asked.map(([id]) => id))
    const unit = fc.double({ min: 0, max: 1, noNaN: true })
    const strong = fc.double({ min: 0.1, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        fc.tuple(fc.tuple(unit, strong), ...Array.from({ length: 5 }, () => fc.tuple(unit, unit))),
        (points) => {
          const some = points.map(([share, tau], at) => ({ question: asked[at]![0], share, tau }))
          const taus = some.map(({ tau }) => tau)
          fc.pre(Math.max(...taus) - Math.min(...taus) >= 0.01)
          const { questions } = priorityPicture(some)!
          expect(questions.map(({ question }) => question).sort()).toEqual(asked.map(([id]) => id).sort())
          const scores = questions.map(({ score }) => score)
          expect(scores).toEqual([...scores].sort((one, other) => other - one))
          expect(questions.filter(({ result }) => result === 'low').length).toBeLessThanOrEqual(3)
          expect(questions.filter(({ association }) => association === 'weak').length).toBeLessThanOrEqual(3)
        },
      ),
    )
  })

  test('is not drawn where nothing goes together with overall satisfaction to speak of', () => {
    const weak = (tau: number) =>
      priorities.map(({ question, share }, at) => ({ question, share, tau: at === 0 ? tau : 0 }))
    expect(priorityPicture(weak(0.099))).toBeUndefined()
    expect(priorityPicture(weak(0.1))?.questions).toHaveLength(6)
  })

  test('is not drawn where all go together with it alike: their names would lie on one line, and none comes first', () => {
    const alike = priorities.map(({ question, share }) => ({ question, share, tau: 0.5 }))
    expect(priorityPicture(alike)).toBeUndefined()
  })
})
