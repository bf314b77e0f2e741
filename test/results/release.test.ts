import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Place } from '../../src/fieldwork/cells.ts'
import type { ChannelRecord } from '../../src/fieldwork/ledger.ts'
import { questions } from '../../src/questionnaire/questions.ts'
import type { Indicator } from '../../src/results/indicator.ts'
import { percentOf } from '../../src/results/mean-indicators.ts'
import type { OpenedBallot } from '../../src/results/packed-ballots.ts'
import { releaseOf } from '../../src/results/release.ts'
import { alike, countyOf, opened, placeOf, someNation } from './some-people.ts'

const releaseFrom = (people: readonly OpenedBallot[], places: readonly Place[], records: ChannelRecord[] = []) =>
  releaseOf(opened(people, places), { places, records, countyOf: countyOf(places) })

const isWithheld = ({ status }: Indicator) => status === 'few' || status === 'protected' || status === 'nobody'
const percent = (part: number, whole: number) => Math.floor((200 * part + whole) / (2 * whole))

/** Whom an indicator is of, found by looking at each person. */
function peopleOf({ level, area, targetGroup, gender }: Indicator, people: OpenedBallot[], places: Place[]) {
  const strata = places
    .filter((place) => targetGroup === 'total' || place.targetGroup === targetGroup)
    .filter(
      ({ municipalityCode, unitId }) =>
        level === 'nation' || area === (level === 'municipality' ? municipalityCode : unitId),
    )
    .map(({ id }) => id)
  return people.filter(
    ({ stratumId, answers }) => strata.includes(stratumId) && (gender === 'all' || answers.gender === gender),
  )
}

describe('a release of any nation', () => {
  test('tells of shares what each person’s answers come to, and nothing else', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(someNation, ({ places, people }) => {
        const { indicators } = releaseFrom(people, places)
        for (const indicator of indicators) {
          const { measure, question: id, part, status, value } = indicator
          if (['mean', 'county'].includes(indicator.level)) continue
          const question = questions.find((one) => one.id === id)!
          const its = peopleOf(indicator, people, places)
          const answers = its.map((person) => person.answers[question?.id]).filter((answer) => answer !== undefined)
          const opinions = answers.filter((answer) => answer !== 'dont_know')
          const positive = opinions.filter((answer) => question.positive.has(answer)).length
          if (measure === 'responses') {
            if (!isWithheld(indicator) && indicator.people !== undefined) expect(indicator.people).toBe(its.length)
            expect(status === 'few').toBe(its.length > 0 && its.length < 10)
          }
          if (measure === 'positive') {
            if (status === 'shown') expect(value).toBe(percent(positive, opinions.length))
            if (status === 'few') expect(opinions.length).toBeLessThan(10)
            if (status === 'at-least-90') expect(percent(positive, opinions.length)).toBeGreaterThanOrEqual(90)
            if (status === 'at-most-10') expect(percent(positive, opinions.length)).toBeLessThanOrEqual(10)
            if (!isWithheld(indicator)) expect(opinions.length).toBeGreaterThanOrEqual(10)
            if (indicator.people !== undefined) expect(indicator.people).toBe(opinions.length)
            if (indicator.positive !== undefined) expect(indicator.positive).toBe(positive)
            if (status === 'shown' && opinions.length < 30)
              expect(value! > 10 && value! < 90, 'nearly all of few').toBe(true)
          }
          const chose = (options: string[]) => opinions.filter((answer) => options.includes(answer)).length
          if (measure === 'option') {
            expect(opinions.length).toBeGreaterThanOrEqual(30)
            expect(value).toBe(percent(chose(part.split('+')), opinions.length))
          }
          if (measure === 'dont-know') expect(value).toBe(percent(answers.length - opinions.length, answers.length))
          if (measure === 'change' && part === 'unchanged')
            expect(value).toBe(percent(chose(['no_change']), opinions.length))
        }
      }),
      { numRuns: 40 },
    )
  })

  test('keeps back all of what is withheld, and every number of women and men', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(someNation, ({ places, people }) => {
        const { indicators } = releaseFrom(people, places)
        const keyOf = ({ level, area, targetGroup, question }: Indicator) =>
          [level, area, targetGroup, question].join(' ')
        for (const indicator of indicators) {
          const { gender, measure, status, value, people, positive } = indicator
          if (isWithheld(indicator)) expect([value, people, positive]).toEqual([undefined, undefined, undefined])
          if (gender !== 'all' && indicator.level !== 'mean' && indicator.level !== 'county')
            expect([people, positive]).toEqual([undefined, undefined])
          if (status === 'at-least-90' || status === 'at-most-10')
            expect([value, positive]).toEqual([undefined, undefined])
          if (indicator.level === 'unit') expect([measure, gender]).not.toContain('gender')
        }
        const withheld = new Set(
          indicators
            .filter((one) => one.gender === 'all' && ['positive', 'responses'].includes(one.measure))
            .filter((one) => isWithheld(one) || one.people === undefined)
            .map(keyOf),
        )
        const told = ['option', 'change', 'dont-know', 'association', 'offered', 'rate', 'language']
        const beside = indicators.filter((one) => withheld.has(keyOf(one)) && told.includes(one.measure))
        expect(beside).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('is the same in whatever order ballots and places come', { timeout: 120_000 }, () => {
    const inOrders = someNation.chain((nation) =>
      fc.record({
        nation: fc.constant(nation),
        people: fc.shuffledSubarray(nation.people, { minLength: nation.people.length }),
        places: fc.shuffledSubarray(nation.places, { minLength: nation.places.length }),
      }),
    )
    fc.assert(
      fc.property(inOrders, ({ nation, people, places }) => {
        const [one, other] = [releaseFrom(nation.people, nation.places), releaseFrom(people, places)]
        expect(other.indicators).toEqual(one.indicators)
        expect(other.hash).toBe(one.hash)
      }),
      { numRuns: 20 },
    )
  })

  test('means are worked out of what municipalities publish', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(someNation, ({ places, people }) => {
        const { indicators } = releaseFrom(people, places)
        const counties = countyOf(places)
        for (const mean of indicators.filter(({ level }) => level === 'mean' || level === 'county')) {
          const values = indicators
            .filter((one) => one.level === 'municipality' && one.measure === mean.measure && one.gender === mean.gender)
            .filter((one) => one.targetGroup === mean.targetGroup && one.question === mean.question)
            .filter(({ area }) => mean.level === 'mean' || counties.get(area) === mean.area)
            .map(percentOf)
            .filter((value) => value !== undefined)
          expect(mean.people).toBe(values.length)
          expect(mean.value).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 0)
          expect(
            Math.abs(mean.value! - values.reduce((sum, value) => sum + value, 0) / values.length),
          ).toBeLessThanOrEqual(0.0500001)
        }
      }),
      { numRuns: 30 },
    )
  })
})

test('a share told as at least 90 per cent counts as 90 among others', () => {
  const [one, other] = [placeOf('a', { municipalityCode: '1480' }), placeOf('b')]
  const people = [
    ...alike(21, one, { overall: 'very_satisfied' }), // 21 of 23 are 91 %
    ...alike(2, one, { overall: 'very_dissatisfied' }),
    ...alike(7, other, { overall: 'very_satisfied' }),
    ...alike(3, other, { overall: 'very_dissatisfied' }),
  ]
  const { indicators } = releaseFrom(people, [one, other])
  const find = (level: string, area: string) =>
    indicators.find(
      (it) =>
        it.measure === 'positive' &&
        it.question === 'overall' &&
        it.level === level &&
        it.area === area &&
        it.targetGroup === 'youth' &&
        it.gender === 'all',
    )
  expect(find('municipality', '1480')).toMatchObject({ status: 'at-least-90', people: 23 })
  expect(find('mean', '0000')).toMatchObject({ value: 80, people: 2 })
  expect(find('county', '14')).toMatchObject({ value: 80, people: 2 })
})

describe('participation', () => {
  const place = placeOf()
  const records = (channel: ChannelRecord['channel'], more: Partial<ChannelRecord>): ChannelRecord => ({
    ...{ stratumId: place.id, channel, wentOut: 0, undeliverable: 0, unsettledBatches: 0, stock: 0, tallied: {} },
    ...more,
  })
  const told = (people: OpenedBallot[], known: ChannelRecord[], places = [place]) => {
    const { indicators } = releaseFrom(people, places, known)
    const of = (measure: string) =>
      indicators.find((one) => one.measure === measure && one.level === 'municipality' && one.targetGroup === 'total')
    return { rate: of('rate'), offered: of('offered'), responses: of('responses') }
  }
  const some = { overall: 'very_satisfied' } as const

  test.each([
    ['120 offered, 66 answered', 66, { wentOut: 120 }, 55],
    ['40 offered, 28 answered', 28, { wentOut: 40 }, 70],
    ['200 posted, 12 undeliverable, 71 answered', 71, { wentOut: 200, undeliverable: 12 }, 38],
    ['a tally is missing', 58, { wentOut: 55 }, undefined],
    ['nobody was offered', 0, {}, undefined],
    ['nine answered', 9, { wentOut: 34 }, undefined],
  ])('%s', (_case, answered, offers, percent) => {
    const { rate, offered } = told(alike(answered, place, some), [records('letter', offers)])
    expect(rate?.value).toBe(percent)
    expect(rate?.part ?? '').toBe('')
    expect(offered?.value).toBe(percent && offers.wentOut - ((offers as Partial<ChannelRecord>).undeliverable ?? 0))
  })

  test('of several, one of them with a tally missing, is “at most”', () => {
    const places = ['a', 'b', 'c', 'd'].map((unitId) => placeOf(unitId))
    const [offers, answers] = [
      [120, 40, 55, 188],
      [66, 28, 58, 71],
    ]
    const people = places.flatMap((one, nth) => alike(answers[nth]!, one, some))
    const known = places.map(({ id }, nth) => records('letter', { stratumId: id, wentOut: offers[nth]! }))
    expect(told(people, known, places)).toMatchObject({
      responses: { value: 223 },
      offered: { value: 403 + 3 },
      rate: { value: 55, part: 'at-most' },
    })
  })

  test('at tablets each answer is an offer, and those who declined are', () => {
    const people = [...alike(30, place, some, 'tablet'), ...alike(30, place, some)]
    const known = [records('tablet', { tallied: { declined: 10 } }), records('letter', { wentOut: 50 })]
    expect(told(people, known)).toMatchObject({ offered: { value: 90 }, rate: { value: 67, people: 90 } })
  })

  test.each([
    [30, 5, 40, 'protected', undefined], // 35 of 70: who knows of 40 codes would know of 30 at the tablet
    [5, 30, 65, 'protected', undefined],
    [395, 5, 405, 'protected', 50], // 400 of 800: the rate leaves seventeen numbers open
    [395, 15, 405, 'shown', 51],
  ])(
    'of %i at tablets and %i by letter of %i is told no further than both may be',
    (atTablets, byLetter, wentOut, status, value) => {
      const people = [...alike(atTablets, place, some, 'tablet'), ...alike(byLetter, place, some)]
      const { offered, rate } = told(people, [records('letter', { wentOut })])
      expect([offered!.status, rate!.value]).toEqual([status, value])
      expect(offered!.value).toBe(status === 'shown' ? atTablets + wentOut : undefined)
      if (value === undefined) expect(rate!.status).toBe('protected')
    },
  )
})

describe('how many of those who answered are women', () => {
  const place = placeOf()
  const wordFor = (women: number, men: number) => {
    const people = [
      ...alike(women, place, { gender: 'woman', overall: 'very_satisfied' }),
      ...alike(men, place, { gender: 'man', overall: 'very_satisfied' }),
      ...alike(10, place, { overall: 'very_satisfied' }),
    ]
    const found = releaseFrom(people, [place]).indicators.filter(({ measure }) => measure === 'gender')
    expect(found.filter(({ level }) => level === 'unit')).toEqual([])
    return found.find(({ level, targetGroup }) => level === 'municipality' && targetGroup === 'youth')?.part
  }

  test('is said in words, of thirty people or more', () => {
    expect(wordFor(20, 9)).toBeUndefined()
    expect([wordFor(30, 0), wordFor(23, 7), wordFor(20, 10), wordFor(15, 15)]).toEqual([
      ...['nearly-all-women', 'three-of-four-women', 'two-of-three-women', 'about-as-many'],
    ])
    expect([wordFor(0, 30), wordFor(7, 23), wordFor(10, 20)]).toEqual([
      ...['nearly-all-men', 'three-of-four-men', 'two-of-three-men'],
    ])
  })

  test('leaves four numbers open at least', () => {
    for (let all = 30; all <= 36; all++) {
      const numbers = new Map<string, number>()
      for (let women = 0; women <= all; women++) {
        const word = wordFor(women, all - women)!
        numbers.set(word, (numbers.get(word) ?? 0) + 1)
      }
      expect(Math.min(...numbers.values())).toBeGreaterThanOrEqual(4)
    }
  })
})

test('what goes together with satisfaction is told from a hundred pairs', () => {
  const place = placeOf()
  const pairs = (number: number) => {
    const people = [
      ...alike(number - 40, place, { contact: 'very_easy', overall: 'very_satisfied' }),
      ...alike(40, place, { contact: 'very_hard', overall: 'very_dissatisfied' }),
    ]
    const found = releaseFrom(people, [place]).indicators.filter(({ measure }) => measure === 'association')
    return found.map(({ level, question, value, people }) => [level, question, value, people])
  }
  expect(pairs(99)).toEqual([])
  expect(pairs(100)).toEqual([
    ['nation', 'contact', 1, 100],
    ['municipality', 'contact', 1, 100],
  ])
})

test('Alingsås 2016: a round of one municipality with 121 responses', () => {
  const place = placeOf()
  const counts: Record<string, number[]> = {
    ...{ contact: [41, 51, 17, 8, 3], information: [48, 51, 13, 5, 2], understanding: [50, 46, 14, 7, 3] },
    ...{ views: [95, 12, 11], influence: [21, 41, 30, 16, 9], situation: [48, 42, 10, 8, 4, 7] },
    ...{ overall: [40, 51, 18, 10, 1], gender: [62, 59] },
  }
  const people = Array.from({ length: 121 }, (_, nth): OpenedBallot => {
    const answers: Record<string, string> = {}
    for (const { id, options } of questions) {
      const chosen = counts[id]!.flatMap((number, option) => Array<number>(number).fill(option))[nth]
      if (chosen !== undefined) answers[id] = options[chosen]!
    }
    return { stratumId: place.id, channel: 'letter', language: 'sv', answers }
  })
  const { indicators } = releaseFrom(people, [place])
  const own = indicators.filter((one) => one.level === 'municipality' && one.targetGroup === 'youth')
  const shares = own.filter(({ measure, gender }) => measure === 'positive' && gender === 'all')
  expect(
    Object.fromEntries(shares.map(({ question, value, positive, people }) => [question, [value, positive, people]])),
  ).toEqual({
    ...{ contact: [79, 92, 117], information: [85, 99, 117], understanding: [82, 96, 117], views: [89, 95, 107] },
    ...{ influence: [57, 62, 108], situation: [80, 90, 112], overall: [76, 91, 119] },
  })
  const change = own.filter(({ measure }) => measure === 'change')
  expect(Object.fromEntries(change.map(({ part, value }) => [part, value]))).toEqual({
    better: 80,
    unchanged: 9,
    worse: 11,
  })
  expect(own.find(({ measure }) => measure === 'responses')!.people).toBe(121)
  expect(own.find(({ measure }) => measure === 'gender')!.part).toBe('about-as-many')
  expect(JSON.stringify(own.filter(({ gender }) => gender !== 'all'))).not.toMatch(/people|positive":/)
})
