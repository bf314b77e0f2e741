import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { peoplePicture } from '../../src/chart/people.ts'
import { shownText } from '../../src/own-texts/shown-text.ts'
import { qualityQuestions } from '../../src/questionnaire/questions.ts'
import { heardOf } from '../../src/results/heard.ts'
import type { Indicator } from '../../src/results/indicator.ts'
import { toldTenths } from '../../src/results/told-tenths.ts'

const place = { level: 'municipality', area: '1489', gender: 'all', part: '', targetGroup: 'total' } as const
const ids = qualityQuestions.map(({ id }) => id)

type Told = Pick<Indicator, 'status' | 'value' | 'people' | 'positive'>

const shown = (value: number, people = 400): Told => ({
  ...{ status: 'shown', value, people, positive: Math.round((value * people) / 100) },
})

/** What is told of each question: all the same, but for some. */
const shares = (told: Told, more: Partial<Record<string, Told>> = {}) =>
  ids.map((question): Indicator => ({ ...place, measure: 'positive', question, ...(more[question] ?? told) }))
const answers = (people: number | undefined, status: Indicator['status'] = 'protected'): Indicator => ({
  ...{ ...place, measure: 'responses', question: '' },
  ...(people === undefined ? { status } : { status: 'shown', value: people, people }),
})

describe('a share as so many of ten people', () => {
  test.each([
    [5, 'atMost 1'],
    [6, 'almost 1'],
    [8, 'exact 1'],
    [12, 'exact 1'],
    [13, 'over 1'],
    [57, 'almost 6'],
    [58, 'exact 6'],
    [75, 'over 7'],
    [76, 'almost 8'],
    [79, 'exact 8'],
    [89, 'exact 9'],
    [93, 'over 9'],
    [95, 'over 9'],
    [96, 'atLeast 9'],
    [100, 'atLeast 9'],
  ])('%i per cent is %s', (value, said) => {
    const { form, tenths } = toldTenths(shown(value))!
    expect(`${form} ${tenths}`).toBe(said)
  })

  test('is nothing where it is not told, and no more than what is', () => {
    for (const status of ['few', 'protected', 'nobody'] as const) expect(toldTenths({ status })).toBeUndefined()
    expect(toldTenths(undefined)).toBeUndefined()
    expect(toldTenths({ status: 'at-least-90' })).toEqual({ form: 'atLeast', tenths: 9 })
    expect(toldTenths({ status: 'at-most-10' })).toEqual({ form: 'atMost', tenths: 1 })
  })

  test('is true of every whole per cent, and what is drawn is the nearest', () => {
    const isTrue = {
      exact: (value: number, of: number) => Math.abs(value - of) <= 2,
      almost: (value: number, of: number) => value < of - 2 && value >= of - 4,
      over: (value: number, of: number) => value > of + 2 && value <= of + 5,
      atLeast: (value: number, of: number) => value >= of,
      atMost: (value: number, of: number) => value <= of,
    }
    for (let value = 0; value <= 100; value++) {
      const { form, tenths } = toldTenths(shown(value))!
      expect([value, form, isTrue[form](value, 10 * tenths)]).toEqual([value, form, true])
      expect([1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(tenths)
      if (form !== 'atLeast' && form !== 'atMost') expect(Math.abs(value - 10 * tenths)).toBeLessThanOrEqual(5)
    }
  })
})

describe('what was heard', () => {
  const kept = fc.constantFrom<Told>({ status: 'few' }, { status: 'protected' }, { status: 'nobody' })
  const words = fc.constantFrom<Told>({ status: 'at-least-90' }, { status: 'at-most-10' })
  const number = fc.record({ value: fc.integer({ min: 0, max: 100 }), people: fc.integer({ min: 30, max: 5000 }) })
  const told = fc.oneof(
    { weight: 4, arbitrary: number.map(({ value, people }) => shown(value, people)) },
    { weight: 1, arbitrary: words },
    { weight: 1, arbitrary: kept },
  )
  const any = fc.array(told, { minLength: 7, maxLength: 7 })
  const of = (all: readonly Told[]) =>
    ids.map((question, nth): Indicator => ({ ...place, measure: 'positive', question, ...all[nth]! }))

  /** The nation is a place and the rest of it. */
  const withRest = (own: readonly Told[], rest: readonly Told[]) =>
    rest.map((told, nth) => {
      const mine = own[nth]!
      if (told.status !== 'shown' || mine.status !== 'shown') return told
      const [people, positive] = [told.people! + mine.people!, told.positive! + mine.positive!]
      return { ...told, people, positive, value: Math.round((100 * positive) / people) }
    })

  const part = ({ people, positive }: Told) => positive! / people!

  test('is five sentences at the most, of questions that are told, each once', () => {
    fc.assert(
      fc.property(any, any, any, (own, rest, before) => {
        const nation = withRest(own, rest)
        const { sentences, why } = heardOf({ own: of(own), nation: of(nation), before: of(before) })
        const told = ids.filter((_, nth) => toldTenths(own[nth]) !== undefined)
        expect(sentences).toHaveLength(Math.min(5, told.length))
        expect(new Set(sentences.map(({ question }) => question)).size).toBe(sentences.length)
        for (const { question, form, tenths } of sentences)
          expect(toldTenths(own[ids.indexOf(question as never)])).toEqual({ form, tenths })
        expect(why === undefined).toBe(sentences.length > 0)
      }),
    )
  })

  test('tells nothing of what is kept back: where that is another figure, every sentence is the same', () => {
    fc.assert(
      fc.property(any, fc.nat(6), (own, nth) => {
        const [one, other] = ([{ status: 'few' }, { status: 'protected' }] as const).map((told) =>
          heardOf({ own: of(own.with(nth, told)) }),
        )
        expect(one!.sentences).toEqual(other!.sentences)
        for (const { notes } of one!.sentences) expect(notes).toEqual([])
      }),
    )
  })

  test('never says more and fewer of the same, nor anything beside what is not told', () => {
    fc.assert(
      fc.property(any, any, any, (own, rest, before) => {
        const nation = withRest(own, rest)
        for (const { question, notes } of heardOf({ own: of(own), nation: of(nation), before: of(before) }).sentences)
          for (const [beside, all] of Object.entries({ nation, before })) {
            const said = notes.filter((note) => note.startsWith(beside))
            const [mine, theirs] = [own, all].map((each) => each[ids.indexOf(question as never)]!)
            if (mine!.status !== 'shown' || theirs!.status !== 'shown') expect(said).toEqual([])
            else if (said.length > 0)
              expect(said).toEqual([`${beside}.${part(mine!) > part(theirs!) ? 'higher' : 'lower'}`])
          }
      }),
    )
  })

  test('begins with the best and the weakest question and with overall satisfaction', () => {
    const own = shares(shown(80), { views: shown(95), influence: shown(57), overall: shown(76) })
    const { sentences, people } = heardOf({ own: [...own, answers(121)] })
    expect(people).toBe(121)
    expect(sentences.map(({ question }) => question)).toEqual(['views', 'influence', 'overall', 'situation', 'contact'])
    expect(sentences.map(({ notes }) => notes)).toEqual([['highest'], ['lowest'], [], [], []])
    const ofFew = shares(shown(67, 15), { views: shown(80, 15), influence: shown(60, 15) })
    const heard = heardOf({ own: ofFew }).sentences
    expect(heard.map(({ question }) => question).slice(0, 2)).toEqual(['views', 'influence'])
    expect(heard.flatMap(({ notes }) => notes)).toEqual([])
  })

  test('names no best question where two are alike, or where one is kept back', () => {
    const first = (more: Partial<Record<string, Told>>) =>
      heardOf({ own: shares(shown(80), { influence: shown(57), ...more }) }).sentences.map(({ question }) => question)
    expect(first({ views: shown(95), contact: shown(95) })[0]).toBe('influence')
    expect(first({ views: shown(95), contact: { status: 'protected' } })[0]).toBe('overall')
    expect(first({ views: { status: 'at-least-90' }, contact: shown(94) })[0]).toBe('influence')
  })

  test('has the question that has surely changed most, and says what is sure before what is known', () => {
    const own = shares(shown(80), { views: shown(95), information: shown(60) })
    const { sentences } = heardOf({ own, before: shares(shown(80), { views: shown(95), information: shown(80) }) })
    expect(sentences[0]).toMatchObject({ question: 'views', notes: ['highest'] })
    expect(sentences[1]).toMatchObject({ question: 'information', notes: ['before.lower'] })
  })

  test.each([
    [answers(undefined, 'few'), 'few'],
    [answers(undefined, 'nobody'), 'few'],
    [answers(undefined), 'protected'],
    [answers(40), 'protected'],
  ])('says why there is none', (responses, why) => {
    expect(heardOf({ own: [...shares({ status: 'few' }), responses] })).toMatchObject({ sentences: [], why })
  })
})

describe('ten people', () => {
  const pathsOf = (filled: number, isFromRight: boolean) =>
    [...peoplePicture(filled, isFromRight, { filled: '', empty: '', around: '' }).matchAll(/d="([^"]*)"/g)].map(
      ([, path]) => [...path!.matchAll(/M([\d.]+) 8a/g)].map(([, x]) => Number(x)),
    )

  test('are filled from where reading begins', () => {
    for (let filled = 0; filled <= 10; filled++) {
      const [yes, no] = pathsOf(filled, false) as [number[], number[]]
      expect([yes.length, no.length]).toEqual([filled, 10 - filled])
      expect(Math.max(0, ...yes)).toBeLessThan(Math.min(1000, ...no))
      const [right, left] = pathsOf(filled, true) as [number[], number[]]
      expect(Math.min(1000, ...right)).toBeGreaterThan(Math.max(0, ...left))
    }
  })
})

test('what is done now is shown in the language of its reader, else in Swedish, else as it is', () => {
  const of = (...languages: string[]) => languages.map((language) => ({ language, blocks: [] }))
  expect(shownText(of('ar', 'en', 'sv'), ['ar', 'sv'])?.language).toBe('ar')
  expect(shownText(of('en', 'sv'), ['ar', 'sv'])?.language).toBe('sv')
  expect(shownText(of('en'), ['ar', 'sv'])?.language).toBe('en')
  expect(shownText([], ['ar', 'sv'])).toBeUndefined()
})
