import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pooled, restOf, shareOf } from '../../src/statistics/proportion.ts'
import { wholePercent } from '../../src/statistics/rounding.ts'
import { fraction, someProportion } from './some-proportions.ts'

const several = fc.array(someProportion, { maxLength: 300, size: 'max' })

describe('proportions', () => {
  test('have a share from 0 to 1, and of nobody none', () => {
    expect(shareOf({ people: 0, positive: 0 })).toBeUndefined()
    expect(shareOf({ people: 20, positive: 0 })).toBe(0)
    expect(shareOf(fraction('55/69'))).toBeCloseTo(0.797101, 6)
  })

  test('are pooled over target groups by their people, and not by their shares', () => {
    const groups = ['412/512', '45/50', '60/85', '24/33'].map(fraction)
    expect(groups.map(({ positive, people }) => wholePercent(positive, people))).toEqual([80, 90, 71, 73])
    const all = pooled(groups)
    expect(all).toEqual(fraction('541/680'))
    expect(100 * shareOf(all)!).toBeCloseTo(79.558824, 6)
    expect(wholePercent(all.positive, all.people)).toBe(80)
  })

  test('are pooled over five municipalities and over six, of which one is too small to be shown', () => {
    const shown = ['90/100', '12/20', '33/44', '57/72', '14/16'].map(fraction)
    expect(pooled(shown)).toEqual(fraction('206/252'))
    expect(100 * shareOf(pooled(shown))!).toBeCloseTo(81.746032, 6)
    expect(100 * shareOf(pooled([...shown, fraction('6/8')]))!).toBeCloseTo(81.538462, 6)
  })

  test('add up: in any order, in parts, and less a part to the rest', () => {
    fc.assert(
      fc.property(several, several, (some, others) => {
        const all = pooled([...some, ...others])
        expect(all).toEqual(pooled([...others, ...some]))
        expect(all).toEqual(pooled([pooled(some), pooled(others)]))
        expect(restOf(all, pooled(some))).toEqual(pooled(others))
        const shares = [...some, ...others].map((one) => shareOf(one)!)
        const share = shareOf(all) ?? 0
        expect(share).toBeLessThanOrEqual(Math.max(0, ...shares))
        expect(share).toBeGreaterThanOrEqual(Math.min(...shares, 1) % 1)
      }),
    )
  })

  test('leave no rest where the part cannot lie in the whole', () => {
    const whole = fraction('5/10')
    for (const part of ['0/11', '6/6', '0/6']) expect(() => restOf(whole, fraction(part)), part).toThrow(RangeError)
    expect(restOf(whole, fraction('5/10'))).toEqual({ people: 0, positive: 0 })
    expect(restOf(whole, fraction('0/5'))).toEqual(fraction('5/5'))
  })
})
