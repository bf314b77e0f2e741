import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Comparison, comparisonOf, comparisonWithWhole, outcomesOf } from '../../src/results/comparison.ts'
import { pooled, shareOf } from '../../src/statistics/proportion.ts'
import { fraction, someProportion } from '../statistics/some-proportions.ts'

const compare = (first: string, second: string) => comparisonOf(fraction(first), fraction(second))!
const outcomeOf = (comparison: Comparison) => outcomesOf([comparison])[0]

/** Women and men of one municipality, in the seven questions. */
const womenAndMen = [
  ['61/80', '55/74', 1, 0.814527],
  ['66/82', '51/75', 0.364303, 0.170008],
  ['70/83', '49/74', 0.056979, 0.035308],
  ['60/79', '52/70', 1, 0.814527],
  ['44/78', '47/68', 0.455843, 0.184881],
  ['50/76', '51/66', 0.455843, 0.184881],
  ['68/84', '47/75', 0.060528, 0.035308],
] as const

describe('what may be said of two shares', () => {
  test.each([
    ['56/70', '48/80', 'higher'],
    ['48/80', '56/70', 'lower'],
    ['60/80', '45/75', 'higher'],
    ['18/20', '15/20', 'no-sure-difference'],
    ['10/12', '6/11', 'no-sure-difference'],
    ['9/10', '3/10', 'higher'],
    ['12/12', '8/14', 'higher'],
    ['10/10', '6/10', 'no-sure-difference'],
    ['12/12', '15/15', 'no-sure-difference'],
    ['140/180', '165/190', 'lower'],
    ['92/131', '70/120', 'higher'],
  ])('by themselves: %s against %s', (first, second, outcome) => {
    expect(outcomeOf(compare(first, second))).toBe(outcome)
  })

  test('follows the test where the interval says otherwise, and shows both', () => {
    const { interval, p } = compare('10/10', '6/10')
    expect(interval.low).toBeGreaterThan(0)
    expect(p).toBeCloseTo(0.086687, 6)
  })

  test('of women and men, and of two years, has difference, interval and p', () => {
    const genders = compare('140/180', '165/190')
    expect(genders.difference).toBeCloseTo(-0.090643, 6)
    expect(genders.p).toBeCloseTo(0.022019, 6)
    const years = compare('92/131', '70/120')
    expect(years.difference).toBeCloseTo(0.118957, 6)
    expect(years.interval.low).toBeCloseTo(0.000557, 6)
    expect(years.interval.high).toBeCloseTo(0.233554, 6)
    expect(years.p).toBeCloseTo(0.049081, 6)
    expect(compare('60/80', '45/75').p).toBeCloseTo(0.045888, 6)
  })

  test('is nothing where one of them is nobody', () => {
    expect(comparisonOf(fraction('0/0'), fraction('5/10'))).toBeUndefined()
    expect(comparisonOf(fraction('5/10'), fraction('0/0'))).toBeUndefined()
  })

  test('of seven questions on a page is less than of each alone: all that is called a difference is to be one', () => {
    const shown = womenAndMen.map(([women, men]) => compare(women, men))
    expect(outcomesOf(shown)).toEqual(Array.from({ length: 7 }, () => 'no-sure-difference'))
    expect(shown.filter((one) => outcomeOf(one) === 'higher')).toHaveLength(2)
  })

  test('of up to fifty is told by Holm’s adjustment, and beyond that by Benjamini’s and Hochberg’s', () => {
    const list = (length: number, p: number) => Array.from({ length }, () => ({ difference: -0.1, p }))
    expect(outcomesOf(list(50, 0.04))).toEqual(Array.from({ length: 50 }, () => 'no-sure-difference'))
    expect(outcomesOf(list(51, 0.04))).toEqual(Array.from({ length: 51 }, () => 'lower'))
    expect(outcomesOf(list(51, 0.05))).toEqual(Array.from({ length: 51 }, () => 'no-sure-difference'))
    expect(outcomesOf([])).toEqual([])
  })

  test('turns round with the two', () => {
    const turned = { higher: 'lower', lower: 'higher', 'no-sure-difference': 'no-sure-difference' }
    fc.assert(
      fc.property(someProportion, someProportion, (first, second) => {
        const outcome = outcomeOf(comparisonOf(first, second)!)!
        expect(outcomeOf(comparisonOf(second, first)!)).toBe(turned[outcome])
        if (outcome !== 'no-sure-difference') {
          expect(shareOf(first)! > shareOf(second)!).toBe(outcome === 'higher')
        }
      }),
    )
  })
})

describe('what may be said of a municipality and the nation that it is in', () => {
  test.each([
    ['412/500', '8310/10500', 0.066226, -0.00247, 0.066118, 'no-sure-difference'],
    ['1380/1650', '4500/5500', 0.022097, 0.003777, 0.04724, 'higher'],
    ['2520/3000', '8130/10000', 0.0000058, undefined, undefined, 'higher'],
  ])('is tested against the rest: %s in %s', (part, whole, p, low, high, outcome) => {
    const found = comparisonWithWhole(fraction(part), fraction(whole))!
    expect(found.p).toBeCloseTo(p, 6)
    if (low !== undefined) expect(found.interval.low).toBeCloseTo(low, 6)
    if (high !== undefined) expect(found.interval.high).toBeCloseTo(high, 6)
    expect(outcomeOf(found)).toBe(outcome)
  })

  test('has the difference to the whole, which is what a reader sees', () => {
    const { difference } = comparisonWithWhole(fraction('412/500'), fraction('8310/10500'))!
    expect(100 * difference).toBeCloseTo(3.257143, 6)
    expect(100 * difference).toBeCloseTo((1 - 500 / 10500) * 3.42, 6)
    fc.assert(
      fc.property(someProportion, someProportion, (part, rest) => {
        const whole = pooled([part, rest])
        const found = comparisonWithWhole(part, whole)!
        const toRest = comparisonOf(part, rest)!
        expect(found.difference).toBeCloseTo((1 - part.people / whole.people) * toRest.difference, 9)
        expect([found.p, found.interval]).toEqual([toRest.p, toRest.interval])
      }),
    )
  })

  test('is nothing where it is all of the nation, and a defect where it is not in it', () => {
    expect(comparisonWithWhole(fraction('5/10'), fraction('5/10'))).toBeUndefined()
    expect(() => comparisonWithWhole(fraction('5/10'), fraction('4/20'))).toThrow(RangeError)
  })
})
