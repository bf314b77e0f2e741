import { describe, expect, test } from 'vitest'
import { qualityQuestions } from '../../src/questionnaire/questions.ts'
import type { TargetGroup } from '../../src/questionnaire/target-groups.ts'
import { briefOf } from '../../src/results/brief.ts'
import type { BriefGround } from '../../src/results/brief-rule.ts'
import type { GroupOrTotal, Indicator } from '../../src/results/indicator.ts'

const place = { level: 'municipality', area: '1489', gender: 'all', part: '', question: '' } as const

/** So many of a hundred are positive on each question; `undefined` where that is not told. */
const shares = (percents: Partial<Record<string, number>>, people = 200, targetGroup: GroupOrTotal = 'total') =>
  qualityQuestions.map(({ id }): Indicator => {
    const percent = percents[id]
    const key = { ...place, targetGroup, measure: 'positive', question: id } as const
    if (percent === undefined) return { ...key, status: 'protected' }
    return { ...key, status: 'shown', value: percent, people, positive: Math.round((percent * people) / 100) }
  })
const all = (percent: number, more: Partial<Record<string, number>> = {}) =>
  ({ ...Object.fromEntries(qualityQuestions.map(({ id }) => [id, percent])), ...more }) as Record<string, number>

const answers = (people: number | undefined, targetGroup: GroupOrTotal = 'total'): Indicator =>
  people === undefined
    ? { ...place, targetGroup, measure: 'responses', status: 'protected' }
    : { ...place, targetGroup, measure: 'responses', status: 'shown', value: people, people }
const rate = (percent: number, part = ''): Indicator => ({
  ...{ ...place, targetGroup: 'total', measure: 'rate', part, status: 'shown', value: percent },
})
const change = (better: number, unchanged: number, worse: number) =>
  Object.entries({ better, unchanged, worse }).map(
    ([part, value]): Indicator => ({
      ...{ ...place, targetGroup: 'total', measure: 'change', question: 'situation', part, status: 'shown', value },
    }),
  )
const women = (question: string, value: number, targetGroup: TargetGroup): Indicator => ({
  ...{ ...place, targetGroup, measure: 'women-men', question, status: 'shown', value },
})

const saidBy = (rule: string, ground: BriefGround) =>
  briefOf(ground)
    .filter((sentence) => sentence.rule === rule)
    .map(({ key, values }) => ({ key, ...values }))
const keysBy = (rule: string, ground: BriefGround) => saidBy(rule, ground).map(({ key }) => key)

describe('a brief says', () => {
  test('nothing of what is not told', () => {
    expect(briefOf({ own: [] })).toEqual([])
    expect(briefOf({ own: [...shares({}), answers(undefined)], nation: shares({}), before: shares({}) })).toEqual([])
  })

  test('how many answered, and what part of those who were offered the survey', () => {
    expect(saidBy('answers', { own: [answers(121)] })).toEqual([{ key: 'answers.plain', count: 121 }])
    expect(saidBy('answers', { own: [answers(121), rate(38)] })).toEqual([
      { key: 'answers.rate', count: 121, percent: { percent: 38 } },
    ])
    expect(keysBy('answers', { own: [answers(121), rate(38, 'at-most')] })).toEqual(['answers.plain'])
  })

  test.each([
    [90, 100, 'fewer'],
    [92, 100, 'same'],
    [109, 100, 'same'],
    [110, 100, 'more'],
  ])('of %i answers after %i that they are %s', (now, then, said) => {
    expect(keysBy('answersBefore', { own: [answers(now)], before: [answers(then)] })).toEqual([`answersBefore.${said}`])
    expect(keysBy('answersBefore', { own: [answers(now)], before: [answers(undefined)] })).toEqual([])
  })

  test('that the response rate has changed, by three points or more', () => {
    const of = (now: number, then: number) => keysBy('rateBefore', { own: [rate(now)], before: [rate(then)] })
    expect([of(43, 40), of(42, 40), of(37, 40)]).toEqual([['rateBefore.higher'], [], ['rateBefore.lower']])
    expect(keysBy('rateBefore', { own: [rate(60)], before: [rate(40, 'at-most')] })).toEqual([])
  })

  test('which target group is the largest, where no other may be larger', () => {
    const own = [answers(80, 'youth'), answers(40, 'guardian')]
    expect(saidBy('largestGroup', { own })).toEqual([{ key: 'largestGroup', group: { group: 'youth' }, count: 80 }])
    expect(saidBy('largestGroup', { own: [...own, answers(undefined, 'addiction')] })).toEqual([])
    expect(saidBy('largestGroup', { own: [answers(40, 'youth'), answers(40, 'guardian')] })).toEqual([])
  })

  test.each([
    [90, 1000, 'tenths'],
    [91, 1000, 'tenths'],
    [92, 1000, 'percent'],
    [90, 40, 'percent'], // nobody knows whether it is nine in ten
    [85, 1000, 'percent'],
  ])('of %i per cent of %i satisfied people how many in ten they are, where that is sure', (percent, people, said) => {
    expect(keysBy('overall', { own: shares({ overall: percent }, people) })).toEqual([`overall.${said}`])
  })

  test('that nearly all are satisfied, in words where only words are told', () => {
    const [own] = shares({ contact: 95 }).filter(({ question }) => question === 'overall')
    expect(keysBy('overall', { own: [{ ...own!, status: 'at-least-90', people: 20 }] })).toEqual([
      'overall.at-least-90',
    ])
  })

  test('whether that has changed surely', () => {
    const of = (now: number, then: number) =>
      keysBy('overallBefore', { own: shares({ overall: now }), before: shares({ overall: then }) })
    expect([of(90, 60), of(60, 90), of(80, 79)]).toEqual([
      ...[['overallBefore.higher'], ['overallBefore.lower'], ['overallBefore.no-sure-difference']],
    ])
  })

  test('for how many the situation has improved, where all three are told', () => {
    const own = [...shares({ situation: 50 }), ...change(50, 30, 20)]
    expect(keysBy('situation', { own })).toEqual(['situation.each'])
    expect(keysBy('situation', { own: own.slice(0, -1) })).toEqual(['situation.better'])
    expect(keysBy('situation', { own: [...shares({}), ...change(50, 30, 20)] })).toEqual([])
  })

  test('what is best and weakest, only where all seven questions are told', () => {
    expect(saidBy('extremes', { own: shares(all(70, { contact: 90, influence: 50 })) })).toEqual([
      {
        ...{ key: 'extremes', best: { questions: ['contact'] }, weakest: { questions: ['influence'] } },
        ...{ high: { percent: 90 }, low: { percent: 50 } },
      },
    ])
    const { views: _, ...six } = all(70, { contact: 90, influence: 50 })
    expect(saidBy('extremes', { own: shares(six) })).toEqual([])
    expect(saidBy('extremes', { own: shares(all(70)) })).toEqual([])
  })

  test('what differs surely from the nation; that nothing does, only where all seven could be compared', () => {
    const nation = shares(all(70), 20_000)
    const own = shares(all(70, { contact: 95, influence: 40 }))
    expect(keysBy('againstNation', { own, nation })).toEqual(['againstNation.higher', 'againstNation.lower'])
    expect(keysBy('againstNation', { own: shares(all(70)), nation })).toEqual(['againstNation.none'])
    expect(keysBy('againstNation', { own: shares(all(70)), nation: nation.slice(1) })).toEqual([])
    expect(keysBy('againstNation', { own })).toEqual([])
  })

  test('which question has changed most, of those that surely have', () => {
    const before = shares(all(70))
    expect(saidBy('changedMost', { own: shares(all(70, { contact: 95, influence: 40 })), before })).toEqual([
      {
        ...{ key: 'changedMost.fallen', questions: { questions: ['influence'] } },
        ...{ before: { percent: 70 }, percent: { percent: 40 } },
      },
    ])
    expect(saidBy('changedMost', { own: shares(all(70, { contact: 73 })), before })).toEqual([])
  })

  test('what each target group is most and least positive about, and which answers most positively', () => {
    const own = [...shares(all(80, { contact: 95, influence: 60 }), 200, 'youth'), ...shares(all(70), 200, 'guardian')]
    expect(saidBy('groupExtremes', { own })).toMatchObject([{ group: { group: 'youth' } }])
    expect(saidBy('highestGroup', { own })).toMatchObject([{ group: { group: 'youth' }, count: 6, all: 7 }])
  })

  test('where women and men differ surely, of each target group', () => {
    const own = [women('contact', 1, 'youth'), women('views', 1, 'youth'), women('overall', -1, 'guardian')]
    expect(saidBy('womenMen', { own: [...own, women('contact', 0, 'guardian')] })).toEqual([
      { key: 'womenMen.men', group: { group: 'guardian' }, questions: { questions: ['overall'] } },
      { key: 'womenMen.women', group: { group: 'youth' }, questions: { questions: ['contact', 'views'] } },
    ])
  })
})

describe('of the years that were published before', () => {
  const of = (group: TargetGroup, overall: number) => shares({ overall }, 1000, group)

  test('2017: most answers are from economic assistance, 85 per cent are satisfied, 76 are better off', () => {
    const own = [
      ...shares({ overall: 85, situation: 76 }, 10_000),
      ...[answers(10_001), answers(5_644, 'economic_assistance'), answers(664, 'youth')],
    ]
    const said = briefOf({ own, municipalities: 87 })
    expect(said.map(({ key, values }) => [key, values])).toEqual([
      ['municipalities', { count: 87 }],
      ['answers.plain', { count: 10_001 }],
      ['largestGroup', { group: { group: 'economic_assistance' }, count: 5_644 }],
      ['overall.percent', { percent: { percent: 85 } }],
      ['situation.better', { better: { percent: 76 } }],
    ])
  })

  test('2018: from 82 to 91 per cent of the target groups are satisfied, most in addiction care', () => {
    const own = [...of('economic_assistance', 82), ...of('addiction', 91), ...of('unaccompanied', 85)]
    expect(saidBy('overallGroups', { own })).toEqual([
      { key: 'overallGroups', low: { percent: 82 }, high: { percent: 91 }, group: { group: 'addiction' } },
    ])
  })

  test('2020 to 2023: fewer answer in the pandemic, then more, at a higher rate', () => {
    const years = {
      2019: [13_500, 56],
      2020: [6_000],
      2021: [8_223, 37],
      2022: [10_000, 42],
      2023: [11_000, 48],
    } as const
    const told = (year: keyof typeof years) => {
      const [people, percent] = years[year] as readonly number[]
      return [answers(people), ...(percent === undefined ? [] : [rate(percent)])]
    }
    const said = (year: 2020 | 2021 | 2022 | 2023) =>
      briefOf({ own: told(year), before: told((year - 1) as keyof typeof years) }).map(({ key }) => key)
    expect(said(2020)).toEqual(['answers.plain', 'answersBefore.fewer'])
    expect(said(2021)).toEqual(['answers.rate', 'answersBefore.more'])
    expect(said(2022)).toEqual(['answers.rate', 'answersBefore.more', 'rateBefore.higher'])
    expect(said(2023)).toEqual(['answers.rate', 'answersBefore.more', 'rateBefore.higher'])
  })

  test('2022: boys are more positive than girls on four questions', () => {
    const own = ['contact', 'information', 'views', 'overall'].map((question) => women(question, -1, 'youth'))
    expect(saidBy('womenMen', { own })).toMatchObject([
      { key: 'womenMen.men', group: { group: 'youth' }, questions: { questions: { length: 4 } } },
    ])
  })

  test('Alingsås 2016: 121 answers, best on views, weakest on influence; nothing of what is not sure', () => {
    const own = [
      ...shares(
        { contact: 79, information: 85, understanding: 82, views: 89, influence: 57, situation: 80, overall: 76 },
        121,
      ),
      ...[answers(121), ...change(80, 9, 11)],
    ]
    expect(briefOf({ own }).map(({ key }) => key)).toEqual([
      ...['answers.plain', 'overall.percent', 'situation.each', 'extremes'],
    ])
    expect(saidBy('extremes', { own })).toMatchObject([
      {
        best: { questions: ['views'] },
        weakest: { questions: ['influence'] },
        high: { percent: 89 },
        low: { percent: 57 },
      },
    ])
  })
})
