import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answers } from '../../src/questionnaire/answers.ts'
import { type Question, type QuestionId, questions } from '../../src/questionnaire/questions.ts'
import { changeSplit, distributionOf, opinionsOf, partsOf, shareDontKnow } from '../../src/results/distribution.ts'
import { type GenderCell, makeTally } from '../../src/results/tally.ts'
import { pooled, shareOf } from '../../src/statistics/proportion.ts'
import { wholePercent } from '../../src/statistics/rounding.ts'
import { someAnswers } from '../questionnaire/some-answers.ts'
import { fraction } from '../statistics/some-proportions.ts'

const questionOf = (id: QuestionId): Question => questions.find((question) => question.id === id)!

/** Counts of persons who chose the options of a question, in the order of the form. */
const countsOf = (id: QuestionId, numbers: number[], gender: GenderCell = 'none') =>
  questionOf(id).options.map((option, at) => ({ stratumId: 'a1', gender, question: id, option, number: numbers[at]! }))
const spread = (id: QuestionId, ...numbers: number[]) => distributionOf(questionOf(id), countsOf(id, numbers))

const percentOf = ({ positive, people }: { positive: number; people: number }) => wholePercent(positive, people)

describe('the answers to a question', () => {
  test.each<[QuestionId, number[], string, number, number, number]>([
    ['contact', [31, 24, 9, 5, 6], '55/69', 0.797101, 80, 8],
    ['views', [52, 18, 7], '52/70', 0.742857, 74, 9],
    ['situation', [20, 25, 14, 6, 5, 6], '45/70', 0.642857, 64, 8],
  ])('%s: who does not know has no opinion', (id, numbers, opinions, share, percent, dontKnow) => {
    const found = spread(id, ...numbers)
    expect(opinionsOf(questionOf(id), found)).toEqual(fraction(opinions))
    expect(shareOf(fraction(opinions))).toBeCloseTo(share, 6)
    expect(percentOf(opinionsOf(questionOf(id), found))).toBe(percent)
    expect(Math.round(100 * shareDontKnow(found)!)).toBe(dontKnow)
  })

  test('have no share where nobody has an opinion, and none of "do not know" where nobody answered', () => {
    const undecided = spread('contact', 0, 0, 0, 0, 12)
    expect(shareOf(opinionsOf(questionOf('contact'), undecided))).toBeUndefined()
    expect(shareDontKnow(undecided)).toBe(1)
    expect(shareDontKnow(spread('contact', 0, 0, 0, 0, 0))).toBeUndefined()
  })

  test('are of everybody, also of those of another gender and of those who gave none', () => {
    const of = (gender: GenderCell, text: string) => {
      const { positive, people } = fraction(text)
      return countsOf('overall', [positive, 0, 0, people - positive, 0], gender)
    }
    const [women, men] = [of('woman', '40/52'), of('man', '30/41')]
    const all = [...women, ...men, ...of('other', '2/3'), ...of('none', '4/6')]
    const found = [women, men, all].map((counts) =>
      opinionsOf(questionOf('overall'), distributionOf(questionOf('overall'), counts)),
    )
    expect(found).toEqual([fraction('40/52'), fraction('30/41'), fraction('76/102')])
    const percents = found.map((one) => 100 * shareOf(one)!)
    for (const [at, percent] of [76.923077, 73.170732, 74.509804].entries())
      expect(percents[at]).toBeCloseTo(percent, 6)
    expect(found.map(percentOf)).toEqual([77, 73, 75])
  })

  test('stand in the order of the form, with those that nobody chose', () => {
    expect(partsOf(spread('situation', 3, 0, 2, 0, 1, 9))).toEqual([
      { option: 'improved_a_lot', number: 3 },
      { option: 'improved_a_little', number: 0 },
      { option: 'no_change', number: 2 },
      { option: 'worsened_a_little', number: 0 },
      { option: 'worsened_a_lot', number: 1 },
    ])
  })

  test('add up over places, and the parts to all who have an opinion', () => {
    const responses = fc.array(fc.tuple(fc.constantFrom('a1', 'a2', 'y1'), someAnswers), {
      maxLength: 250,
      size: 'max',
    })
    fc.assert(
      fc.property(responses, (all) => {
        const tally = makeTally()
        for (const [stratumId, answers] of all as [string, Answers][]) tally.add(stratumId, answers, 'letter')
        for (const question of questions) {
          const counts = tally.counts()
          const opinions = opinionsOf(question, distributionOf(question, counts))
          const within = ['a1', 'a2', 'y1'].map((id) => counts.filter(({ stratumId }) => stratumId === id))
          expect(pooled(within.map((some) => opinionsOf(question, distributionOf(question, some))))).toEqual(opinions)
          const parts = partsOf(distributionOf(question, counts))
          expect(parts.reduce((sum, { number }) => sum + number, 0)).toBe(opinions.people)
        }
        const split = changeSplit(questionOf('situation'), distributionOf(questionOf('situation'), tally.counts()))
        const asked = all.filter(([, { situation }]) => situation !== undefined && situation !== 'dont_know')
        expect(split.better + split.unchanged + split.worse).toBe(asked.length)
        expect(split.worse).toBe(asked.filter(([, { situation }]) => situation!.startsWith('worsened')).length)
      }),
    )
  })
})

/**
 * What Alingsås published of its 121 responses of 2016. Its numbers are not public; these are, with some who do not know and some who
 * skipped a question, of those that give the published per cent.
 */
describe('Alingsås 2016', () => {
  const alingsås: Record<string, { numbers: number[]; skipped: number; opinions: string; percent: number }> = {
    contact: { numbers: [41, 51, 17, 8, 3], skipped: 1, opinions: '92/117', percent: 79 },
    information: { numbers: [48, 51, 13, 5, 2], skipped: 2, opinions: '99/117', percent: 85 },
    understanding: { numbers: [50, 46, 14, 7, 3], skipped: 1, opinions: '96/117', percent: 82 },
    views: { numbers: [95, 12, 11], skipped: 3, opinions: '95/107', percent: 89 },
    influence: { numbers: [21, 41, 30, 16, 9], skipped: 4, opinions: '62/108', percent: 57 },
    situation: { numbers: [48, 42, 10, 8, 4, 7], skipped: 2, opinions: '90/112', percent: 80 },
    overall: { numbers: [40, 51, 18, 10, 1], skipped: 1, opinions: '91/119', percent: 76 },
  }
  const ids = Object.keys(alingsås) as QuestionId[]
  const exact = [78.632, 84.615, 82.051, 88.785, 57.407, 80.357, 76.471]

  /** The answers of 121 persons: the first so many of each question chose its first option, and so on. */
  const choicesOf = (id: QuestionId, numbers: number[]) =>
    questionOf(id).options.flatMap((option, at) => Array.from({ length: numbers[at] ?? 0 }, () => option))
  const choices = new Map<QuestionId, string[]>([
    ...ids.map((id) => [id, choicesOf(id, alingsås[id]!.numbers)] as const),
    ['gender', choicesOf('gender', [62, 59])],
  ])
  const tally = makeTally()
  for (let person = 0; person < 121; person++) {
    const answers = [...choices].flatMap(([id, options]) => (options[person] ? [[id, options[person]]] : []))
    tally.add('a1', Object.fromEntries(answers), 'letter')
  }
  const found = (id: string) => distributionOf(questionOf(id as QuestionId), tally.counts())

  test('had 121 responses, and each question its own number of answers', () => {
    expect(tally.responses().reduce((sum, { number }) => sum + number, 0)).toBe(121)
    for (const [id, { skipped }] of Object.entries(alingsås)) {
      expect([...found(id).values()].reduce((sum, number) => sum + number)).toBe(121 - skipped)
    }
  })

  test('comes out as it was published', () => {
    Object.entries(alingsås).forEach(([id, { opinions, percent }], at) => {
      expect(opinionsOf(questionOf(id as QuestionId), found(id))).toEqual(fraction(opinions))
      expect(100 * shareOf(fraction(opinions))!).toBeCloseTo(exact[at]!, 3)
      expect(percentOf(fraction(opinions)), id).toBe(percent)
    })
    const { better, unchanged, worse } = changeSplit(questionOf('situation'), found('situation'))
    expect([better, unchanged, worse].map((part) => wholePercent(part, 112))).toEqual([80, 9, 11])
    expect(partsOf(found('gender')).map(({ number }) => wholePercent(number, 121))).toEqual([51, 49, 0])
  })

  test('and from whole answers of all 121 as well: only these numbers give it', () => {
    const all = (numbers: number[]) => numbers.map((number) => wholePercent(number, 121))
    expect(all([95, 96, 103, 99, 108, 69, 97, 92])).toEqual([79, 79, 85, 82, 89, 57, 80, 76])
    expect(all([97, 11, 13])).toEqual([80, 9, 11])
    expect(all([62, 59])).toEqual([51, 49])
    const giving = (percent: number) =>
      Array.from({ length: 122 }, (_, number) => number).filter((number) => wholePercent(number, 121) === percent)
    expect([79, 85, 82, 89, 57, 80, 76].map(giving)).toEqual([[95, 96], [103], [99], [108], [69], [97], [92]])
    expect([51, 49].map(giving)).toEqual([[62], [59]])
  })
})
