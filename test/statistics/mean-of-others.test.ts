import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differenceToMeanOfOthers } from '../../src/statistics/mean-of-others.ts'
import { shareOf } from '../../src/statistics/proportion.ts'
import { fraction, mirrored, someProportion } from './some-proportions.ts'

const five = ['90/100', '12/20', '33/44', '57/72', '14/16']
const othersOf = (own: string) => five.filter((other) => other !== own).map(fraction)

describe('one against the mean of the others', () => {
  test.each([
    ['90/100', 0.145833, 0.049867, 2.924427, 0.003451, 0.048095, 0.243571],
    ['12/20', -0.229167, 0.113547, -2.018248, 0.043565, -0.451715, -0.006618],
    ['33/44', -0.041667, 0.075087, -0.554913, 0.578954, -0.188834, 0.105501],
    ['57/72', 0.010417, 0.061567, 0.169192, 0.865646, -0.110253, 0.131086],
    ['14/16', 0.114583, 0.089731, 1.276962, 0.201616, -0.061287, 0.290453],
  ])('of five municipalities: %s', (own, difference, standardError, z, p, low, high) => {
    const found = differenceToMeanOfOthers(fraction(own), othersOf(own))!
    expect(found.difference).toBeCloseTo(difference, 6)
    expect(found.standardError).toBeCloseTo(standardError, 6)
    expect(found.z).toBeCloseTo(z, 6)
    expect(found.p).toBeCloseTo(p, 6)
    expect(found.interval.low).toBeCloseTo(low, 6)
    expect(found.interval.high).toBeCloseTo(high, 6)
  })

  test('differs from the mean of all by four fifths of it', () => {
    const mean = five.reduce((sum, one) => sum + shareOf(fraction(one))!, 0) / 5
    const { difference } = differenceToMeanOfOthers(fraction('90/100'), othersOf('90/100'))!
    expect(100 * (0.9 - mean)).toBeCloseTo(11.666667, 6)
    expect(0.9 - mean).toBeCloseTo((4 / 5) * difference, 12)
  })

  test('is not tested among fewer than five, where a number is not known, and where nothing varies', () => {
    const others = othersOf('90/100')
    const own = fraction('90/100')
    expect(differenceToMeanOfOthers(own, others.slice(1))).toBeUndefined()
    expect(differenceToMeanOfOthers(own, [...others, undefined])).toBeUndefined()
    expect(differenceToMeanOfOthers(own, [...others, fraction('0/0')])).toBeUndefined()
    expect(differenceToMeanOfOthers(fraction('0/0'), [...others, own])).toBeUndefined()
    const alike = ['20/20', '0/20', '0/30', '40/40', '9/9'].map(fraction)
    expect(differenceToMeanOfOthers(alike[0]!, alike.slice(1))).toBeUndefined()
  })

  test('turns with what is positive, holds the difference, and does not mind the order', () => {
    const others = fc.array(someProportion, { minLength: 4, maxLength: 290, size: 'max' })
    fc.assert(
      fc.property(someProportion, others, (own, rest) => {
        const found = differenceToMeanOfOthers(own, rest)
        if (!found) return
        expect(found.interval.low).toBeLessThanOrEqual(found.difference)
        expect(found.interval.high).toBeGreaterThanOrEqual(found.difference)
        const turned = differenceToMeanOfOthers(mirrored(own), rest.map(mirrored).reverse())!
        expect(turned.difference).toBeCloseTo(-found.difference, 9)
        expect(turned.standardError).toBeCloseTo(found.standardError, 9)
      }),
    )
  })
})
