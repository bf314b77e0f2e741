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

/** As it is told where nobody knows of how many it is. */
const withoutNumber = ({ people: _, positive: __, ...share }: Indicator): Indicator => share

const shareOf = (text: string) => {
  const [question, percent] = text.split(' ')
  return { question, percent: Number(percent), before: undefined }
}

const saidBy = (rule: string, ground: BriefGround) =>
  briefOf(ground)
    .filter((sentence) => sentence.rule === rule)
    .map(({ key, values }): Record<string, unknown> & { key: string } => ({ key, ...values }))
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

  test('whether that has changed surely; of a year without numbers, what it was', () => {
    const of = (now: number, then: number) =>
      keysBy('overallBefore', { own: shares({ overall: now }), before: shares({ overall: then }) })
    expect([of(90, 60), of(60, 90), of(80, 79), of(80, 80)]).toEqual([
      ...[['overallBefore.higher'], ['overallBefore.lower'], ['overallBefore.no-sure-difference']],
      ['overallBefore.equal'],
    ])
    const before = shares({ overall: 60 }).map(withoutNumber)
    expect(saidBy('overallBefore', { own: shares({ overall: 90 }), before })).toEqual([
      { key: 'overallBefore.untested', before: { percent: 60 } },
    ])
    const beside = (people: number) =>
      keysBy('overallBefore', { own: shares({ overall: 75 }), before: [...before, answers(people)] })
    expect([beside(2_000), beside(12)]).toEqual([['overallBefore.untested'], ['overallBefore.no-sure-difference']])
  })

  test.each([
    [85, 20_000, 'clearly.higher'],
    [73, 20_000, 'slightly.higher'],
    [67, 20_000, 'slightly.lower'],
    [55, 20_000, 'clearly.lower'],
    [71, 1_000, 'same'],
    [70, 20, 'equal'], // nobody knows whether it is so in truth
    [71, 20, 'unsure'],
    [74, 100, 'unsure'],
  ])('of %i per cent of %i people beside 70 of the nation that it is %s', (percent, people, said) => {
    const nation = shares({ overall: 70 }, 1_000_000)
    expect(keysBy('overallNation', { own: shares({ overall: percent }, people), nation })).toEqual([
      `overallNation.${said}`,
    ])
    expect(keysBy('overallNation', { own: shares({ overall: percent }, people) })).toEqual([])
  })

  test('for how many the situation has improved, where all three are told', () => {
    const own = [...shares({ situation: 50 }), ...change(50, 30, 20)]
    expect(keysBy('situation', { own })).toEqual(['situation.each'])
    expect(keysBy('situation', { own: own.slice(0, -1) })).toEqual(['situation.better'])
    expect(keysBy('situation', { own: [...shares({}), ...change(50, 30, 20)] })).toEqual([])
    const before = shares({ situation: 70 })
    expect(keysBy('situationBefore', { own, before })).toEqual(['situationBefore.lower'])
    expect(keysBy('situationBefore', { own, before: shares({ situation: 51 }) })).toEqual([])
    expect(keysBy('situationBefore', { own, before: before.map(withoutNumber) })).toEqual(['situationBefore.untested'])
  })

  test('what is best and weakest, only where all seven questions are told and the two surely differ', () => {
    expect(saidBy('extremes', { own: shares(all(70, { contact: 90, influence: 50 })) })).toEqual([
      {
        ...{ key: 'extremes', best: { questions: ['contact'] }, weakest: { questions: ['influence'] } },
        ...{ high: { percent: 90 }, low: { percent: 50 } },
      },
    ])
    const { views: _, ...six } = all(70, { contact: 90, influence: 50 })
    expect(saidBy('extremes', { own: shares(six) })).toEqual([])
    expect(saidBy('extremes', { own: shares(all(70)) })).toEqual([])
    expect(saidBy('extremes', { own: shares(all(67, { contact: 80, influence: 60 }), 15) })).toEqual([])
    const unnumbered = shares(all(70, { contact: 90, influence: 50 })).map(withoutNumber)
    expect(saidBy('extremes', { own: unnumbered })).toEqual([])
    expect(keysBy('extremes', { own: [...unnumbered, ...shares(all(70), 15, 'youth')] })).toEqual([])
    expect(keysBy('extremes', { own: [...unnumbered, ...shares(all(70), 150, 'youth')] })).toEqual(['extremes'])
  })

  test('how many answer positively, of what it says nothing else of; the year before where nothing sure is known of it', () => {
    const own = shares({ contact: 86, views: 70, overall: 84, situation: 60 })
    expect(saidBy('shares', { own })).toEqual([
      {
        ...{ key: 'shares' },
        shares: { shares: ['contact 86', 'views 70'].map(shareOf) },
      },
    ])
    const before = [...shares({ contact: 88 }).map(withoutNumber), answers(100)]
    const ofMany = [...own, answers(100)]
    expect(saidBy('shares', { own: ofMany, before })).toMatchObject([{ shares: { shares: [{ before: 88 }, {}] } }])
    const few = [...own, answers(99)]
    expect(saidBy('shares', { own: few, before })).toEqual(saidBy('shares', { own }))
    expect(saidBy('shares', { own, before: shares({ contact: 88 }) })[0]!.shares).toEqual({
      shares: ['contact 86', 'views 70'].map(shareOf),
    })
    const named = saidBy('shares', { own: shares(all(70, { contact: 90, influence: 50 })) })[0]!.shares
    expect(named).toEqual({ shares: ['information 70', 'understanding 70', 'views 70'].map(shareOf) })
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
        ...{ before: 70, percent: { percent: 40 } },
      },
    ])
    expect(keysBy('changedMost', { own: shares(all(70, { contact: 73 })), before })).toEqual(['changedMost.none'])
    expect(keysBy('changedMost', { own: shares(all(70)), before: before.slice(1) })).toEqual([])
    expect(keysBy('changedMost', { own: shares(all(70)), before: before.map(withoutNumber) })).toEqual([])
  })

  test('what a target group is most and least positive about, where that is not what all are', () => {
    const own = [...shares(all(80, { contact: 95, influence: 60 }), 200, 'youth'), ...shares(all(70), 200, 'guardian')]
    expect(saidBy('groupExtremes', { own })).toMatchObject([{ key: 'groupExtremes.one', group: { group: 'youth' } }])
    const alike = [...own, ...shares(all(75, { contact: 90, influence: 50 }), 200, 'addiction')]
    expect(saidBy('groupExtremes', { own: alike })).toMatchObject([
      { key: 'groupExtremes.some', groups: { groups: ['addiction', 'youth'] } },
    ])
    expect(saidBy('groupExtremes', { own: [...own, ...shares(all(75, { contact: 95, influence: 60 }))] })).toEqual([])
    expect(saidBy('groupExtremes', { own: shares(all(67, { contact: 80, influence: 60 }), 15, 'youth') })).toEqual([])
  })

  test('which target group answers most positively, where it is surely above each other one on most questions', () => {
    const own = (people: number, more: Partial<Record<string, number>> = { influence: 70 }) => [
      ...shares(all(85, more), people, 'youth'),
      ...shares(all(70), people, 'guardian'),
      ...shares(all(60), people, 'addiction'),
    ]
    expect(saidBy('highestGroup', { own: own(500) })).toMatchObject([{ group: { group: 'youth' }, count: 6, all: 7 }])
    expect(saidBy('highestGroup', { own: own(30) })).toEqual([])
    const few = { contact: 70, views: 70, influence: 70, situation: 70 }
    expect(saidBy('highestGroup', { own: own(500, few) })).toEqual([])
  })

  test.each([
    [{ addiction: 85, youth: 84, guardian: 84 }, 400, 'none'],
    [{ addiction: 90, youth: 80, guardian: 80 }, 2_000, 'highest'],
    [{ addiction: 85, youth: 84, guardian: 75 }, 400, 'between'],
    [{ addiction: 85, youth: 85, guardian: 75 }, 400, 'span'],
  ])('between which shares target groups lie, %j of %i: %s', (percents, people, said) => {
    const own = Object.entries(percents).flatMap(([group, percent]) =>
      shares({ overall: percent }, people, group as TargetGroup),
    )
    expect(keysBy('overallGroups', { own })).toEqual([`overallGroups.${said}`])
    expect(keysBy('overallGroups', { own: own.map(withoutNumber) })).toEqual(['overallGroups.span'])
    const [, ...kept] = own.filter(({ question }) => question === 'overall')
    expect(keysBy('overallGroups', { own: [...kept, ...shares({}, 0, 'addiction')] })).toEqual([])
  })

  test('on which question a target group stands out, by five points or more, surely', () => {
    const own = (percent: number, people: number) => [
      ...shares(all(70), 10_000),
      ...shares(all(70, { influence: percent, contact: 76 }), people, 'youth'),
    ]
    const said = { key: 'standsOut.groups', group: { group: 'youth' }, positive: { positive: 'influence' } }
    expect(saidBy('standsOut', { own: own(60, 2_000) })).toMatchObject([
      { ...said, percent: { percent: 60 }, whole: { percent: 70 } },
    ])
    expect(saidBy('standsOut', { own: own(60, 20) })).toEqual([])
    const slightly = [...shares(all(70), 10_000), ...shares(all(70, { influence: 66 }), 5_000, 'youth')]
    expect(saidBy('standsOut', { own: slightly })).toEqual([])
    expect(saidBy('standsOut', { own: own(67, 2_000) })).toMatchObject([{ positive: { positive: 'contact' } }])
    const nation = shares(all(70), 10_000, 'youth')
    const municipality = shares(all(70, { influence: 50 }), 300, 'youth')
    expect(saidBy('standsOut', { own: municipality, nation })).toMatchObject([{ ...said, key: 'standsOut.nation' }])
    expect(saidBy('standsOut', { own: municipality, nation: nation.map(withoutNumber) })).toEqual([])
  })

  test('where women and men differ surely, of each target group', () => {
    const own = [women('contact', 1, 'youth'), women('views', 1, 'youth'), women('overall', -1, 'guardian')]
    expect(saidBy('womenMen', { own: [...own, women('contact', 0, 'guardian')] })).toEqual([
      { key: 'womenMen.men', group: { group: 'guardian' }, questions: { questions: ['overall'] } },
      { key: 'womenMen.girls', group: { group: 'youth' }, questions: { questions: ['contact', 'views'] } },
    ])
  })

  test('why this year cannot be compared with the one before', () => {
    const own = [answers(80, 'youth'), answers(200)]
    const before = [answers(190)]
    const breaks = { reworded: ['contact'], regrouped: 'joined' } as const
    expect(keysBy('regrouped', { own, before, breaks })).toEqual(['regrouped.joined'])
    expect(keysBy('regrouped', { own: [answers(200)], before, breaks })).toEqual([])
    expect(keysBy('regrouped', { own, breaks })).toEqual([])
    expect(keysBy('reworded', { own, before, breaks })).toEqual(['reworded'])
    expect(keysBy('reworded', { own, before, breaks: { reworded: [] } })).toEqual([])
  })
})

describe('of the years that were published before', () => {
  const of = (group: TargetGroup, overall: number) => shares({ overall }, 1000, group)

  /** What is known of a year, and nothing else: `overall` between the groups, of which it is not known how many people they are. */
  interface KnownYear {
    municipalities?: number
    people: number
    rate?: number
    groups?: Partial<Record<TargetGroup, number>>
    all?: Partial<Record<string, number>>
    overall?: [TargetGroup, number][]
  }
  const years: Record<number, KnownYear> = {
    2017: {
      ...{ municipalities: 87, people: 10_001, all: { overall: 85, situation: 76 } },
      groups: { economic_assistance: 5_644, youth: 664 },
    },
    2018: {
      ...{ municipalities: 135, people: 14_001, groups: { economic_assistance: 7_221, unaccompanied: 652 } },
      overall: [
        ['addiction', 91],
        ['economic_assistance', 82],
      ],
    },
    2019: {
      ...{ people: 13_500, rate: 56, groups: { economic_assistance: 8_233, unaccompanied: 387 } },
      ...{ all: { overall: 84, contact: 86 } },
      overall: [
        ['addiction', 90],
        ['economic_assistance', 79],
      ],
    },
    2020: { municipalities: 109, people: 6_000, all: { contact: 88 } },
    2021: { municipalities: 133, people: 8_223, rate: 37 },
    2022: { municipalities: 125, people: 10_000, rate: 42 },
    2023: { municipalities: 127, people: 11_000, rate: 48 },
  }
  const toldOf = ({ people, rate: percent, groups = {}, all: known = {}, overall = [] }: KnownYear) => [
    ...[answers(people), ...(percent === undefined ? [] : [rate(percent)])],
    ...Object.entries(groups).map(([group, number]) => answers(number, group as TargetGroup)),
    ...[known, ...overall.map(([, percent]) => ({ overall: percent }))].flatMap((some, nth) =>
      shares(some, 0, nth === 0 ? 'total' : overall[nth - 1]![0])
        .filter(({ status }) => status === 'shown')
        .map(withoutNumber),
    ),
  ]
  const saidOf = (year: number) => {
    const { [year]: own, [year - 1]: last } = years
    const sentences = briefOf({
      ...{ own: toldOf(own!), municipalities: own!.municipalities },
      before: last && toldOf(last),
    })
    return sentences.map(({ key, values }) => [key, values])
  }

  test('2017: 87 municipalities, most answers from economic assistance, 85 per cent are satisfied, 76 are better off', () => {
    expect(saidOf(2017)).toEqual([
      ['municipalities', { count: 87 }],
      ['answers.plain', { count: 10_001 }],
      ['largestGroup', { group: { group: 'economic_assistance' }, count: 5_644 }],
      ['overall.percent', { percent: { percent: 85 } }],
      ['situation.better', { better: { percent: 76 } }],
    ])
  })

  test('2018: more answers, from 82 to 91 per cent of the target groups are satisfied', () => {
    expect(saidOf(2018)).toEqual([
      ['municipalities', { count: 135 }],
      ['answers.plain', { count: 14_001 }],
      ['answersBefore.more', { before: 10_001 }],
      ['largestGroup', { group: { group: 'economic_assistance' }, count: 7_221 }],
      ['overallGroups.span', { low: 82, high: { percent: 91 } }],
    ])
  })

  test('2018: most are satisfied in addiction care, where it is known how many they are', () => {
    const own = [...of('economic_assistance', 82), ...of('addiction', 91), ...of('unaccompanied', 85)]
    expect(saidBy('overallGroups', { own })).toEqual([
      {
        ...{ key: 'overallGroups.highest', low: 82, high: { percent: 91 } },
        group: { group: 'addiction' },
      },
    ])
  })

  test('2019: about as many answers, 84 per cent are satisfied, 79 to 90 of the groups, 86 find it easy to get in contact', () => {
    expect(saidOf(2019)).toEqual([
      ['answers.rate', { count: 13_500, percent: { percent: 56 } }],
      ['answersBefore.same', { before: 14_001 }],
      ['largestGroup', { group: { group: 'economic_assistance' }, count: 8_233 }],
      ['overall.percent', { percent: { percent: 84 } }],
      ['shares', { shares: { shares: [shareOf('contact 86')] } }],
      ['overallGroups.span', { low: 79, high: { percent: 90 } }],
    ])
  })

  test('2020: fewer answer in the pandemic, and 88 per cent find it easy to get in contact, after 86', () => {
    expect(saidOf(2020)).toEqual([
      ['municipalities', { count: 109 }],
      ['answers.plain', { count: 6_000 }],
      ['answersBefore.fewer', { before: 13_500 }],
      ['shares', { shares: { shares: [{ ...shareOf('contact 88'), before: 86 }] } }],
    ])
  })

  test.each([
    [2021, 133, 8_223, 37, 6_000, undefined],
    [2022, 125, 10_000, 42, 8_223, 37],
    [2023, 127, 11_000, 48, 10_000, 42],
  ])('%i: %i municipalities, %i answers, %i per cent: more than before, at a higher rate', (year, ...known) => {
    const [municipalities, count, percent, before, rateBefore] = known
    expect(saidOf(year)).toEqual([
      ['municipalities', { count: municipalities }],
      ['answers.rate', { count, percent: { percent } }],
      ['answersBefore.more', { before }],
      ...(rateBefore === undefined ? [] : [['rateBefore.higher', { before: { percent: rateBefore } }]]),
    ])
  })

  test('2022: boys are more positive than girls on four questions', () => {
    const own = ['contact', 'information', 'views', 'overall'].map((question) => women(question, -1, 'youth'))
    expect(saidBy('womenMen', { own })).toMatchObject([
      { key: 'womenMen.boys', group: { group: 'youth' }, questions: { questions: { length: 4 } } },
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
      ...['answers.plain', 'overall.percent', 'situation.each', 'extremes', 'shares'],
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
