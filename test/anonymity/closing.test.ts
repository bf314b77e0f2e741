import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inTenths } from '../../src/results/in-tenths.ts'
import { toldLanguages } from '../../src/results/told-languages.ts'

test('how far an opening has come is said in the same words whatever there are of', () => {
  const saidOf = (all: number) => {
    const said: number[] = []
    const progress = inTenths(all, (percent) => said.push(percent))
    for (let done = 1; done <= all; done++) progress(done)
    return said
  }
  const same = fc.property(fc.integer({ min: 1, max: 500 }), (all) => {
    expect(saidOf(all)).toEqual(saidOf(82))
  })
  fc.assert(same)
})

describe('the languages of a round', () => {
  const counted = fc.dictionary(
    fc.constantFrom('sv', 'en', 'ar', 'so', 'ti', 'uk', 'fa', 'es'),
    fc.integer({ min: 1, max: 60 }),
  )

  test('are told from ten, and the rest together, so that the number of all tells none of them', () => {
    fc.assert(
      fc.property(counted, (languages) => {
        const [shown, all] = [
          toldLanguages(Object.entries(languages)),
          Object.values(languages).reduce((a, b) => a + b, 0),
        ]
        for (const [name, number] of shown) {
          expect(number).toBeGreaterThanOrEqual(10)
          if (name !== 'other') expect(number).toBe(languages[name])
        }
        const sum = shown.reduce((total, [, number]) => total + number, 0)
        if (shown.length > 0) expect(sum).toBe(all)
        else expect(Math.max(0, ...Object.values(languages))).toBeLessThan(10)
      }),
      { numRuns: 500 },
    )
  })

  test('of fewer than ten tell nothing, whatever their numbers: not even that there is one', () => {
    const fewOf = fc.dictionary(fc.constantFrom('ti', 'uk', 'fa'), fc.integer({ min: 1, max: 9 }))
    const manyOf = fc.dictionary(fc.constantFrom('sv', 'en', 'ar'), fc.integer({ min: 10, max: 60 }))
    fc.assert(
      fc.property(manyOf, fewOf, fewOf, (many, some, others) => {
        const [one, other] = [some, others].map((small) => toldLanguages(Object.entries({ ...many, ...small })))
        const named = (told: [string, number][]) => told.filter(([name]) => name !== 'other')
        expect(named(one!)).toEqual(named(other!))
        expect(one).toHaveLength(other!.length)
      }),
      { numRuns: 500 },
    )
  })

  test('of which one person has a small one go together with the next smallest', () => {
    expect(
      toldLanguages([
        ['sv', 20],
        ['ti', 1],
      ]),
    ).toEqual([['other', 21]])
    expect(
      toldLanguages([
        ['ti', 1],
        ['sv', 200],
        ['ar', 12],
        ['so', 8],
      ]),
    ).toEqual([
      ['sv', 200],
      ['other', 21],
    ])
    expect(
      toldLanguages([
        ['sv', 10],
        ['en', 10],
      ]),
    ).toEqual([
      ['en', 10],
      ['other', 10],
    ])
    expect(
      toldLanguages([
        ['ti', 4],
        ['sv', 5],
      ]),
    ).toEqual([])
  })
})
