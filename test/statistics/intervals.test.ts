import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newcombeInterval } from '../../src/statistics/newcombe.ts'
import { type Proportion, shareOf } from '../../src/statistics/proportion.ts'
import { type Interval, wilsonInterval } from '../../src/statistics/wilson.ts'
import { fraction, mirrored, someProportion, times } from './some-proportions.ts'

const width = ({ low, high }: Interval) => high - low
const expectInterval = (interval: Interval | undefined, low: number, high: number, digits = 6) => {
  expect(interval!.low).toBeCloseTo(low, digits)
  expect(interval!.high).toBeCloseTo(high, digits)
}
const almost = 1e-12

/** All figures were worked out with R 4.2.2 and, apart from that, in exact fractions with Python; those of four digits stand in the papers. */
describe('the interval of a share', () => {
  test.each([
    ['81/263', 0.2553, 0.3662, 4],
    ['15/148', 0.0624, 0.1605, 4],
    ['0/20', 0, 0.1611, 4],
    ['1/29', 0.0061, 0.1718, 4],
    ['81/263', 0.255289, 0.36621],
    ['15/148', 0.062386, 0.160487],
    ['55/69', 0.68776, 0.875107],
    ['76/102', 0.652701, 0.819703],
    ['412/512', 0.768132, 0.836705],
    ['5/10', 0.236593, 0.763407],
    ['9/10', 0.59585, 0.982124],
    ['10/10', 0.722467, 1],
    ['0/10', 0, 0.277533],
    ['30/30', 0.886487, 1],
    ['29/30', 0.833296, 0.994091],
    ['0/30', 0, 0.113513],
  ])('of %s goes from %f to %f', (text, low, high, digits = 6) => {
    expectInterval(wilsonInterval(fraction(text)), low, high, digits)
  })

  test('ends at exactly 0 or 1 where none is positive or all are, of up to 2 000 people', () => {
    for (let people = 1; people <= 2000; people++) {
      expect(wilsonInterval({ people, positive: 0 })!.low).toBe(0)
      expect(wilsonInterval({ people, positive: people })!.high).toBe(1)
    }
  })

  test.each([
    ['55/69', 106.153846, 0.735219, 0.84752],
    ['76/102', 200.076923, 0.681644, 0.799622],
    ['412/512', 966.037736, 0.780079, 0.827153],
    ['9/10', 14.285714, 0.746958, 0.964838],
    ['5/10', 14.285714, 0.333976, 0.666024],
    ['10/10', 25, 0.806392, 1],
    ['0/10', 25, 0, 0.193608],
    ['30/30', 31, 0.99575, 1],
    ['30/30', 3000, 0.887461, 1],
    ['55/69', 69.884615, 0.786138, 0.807641],
    ['55/69', 69, 0.797101, 0.797101],
    ['10/10', 10, 1, 1],
  ])('of %s out of %f goes from %f to %f', (text, population, low, high) => {
    expectInterval(wilsonInterval(fraction(text), population), low, high)
  })

  test('is a point where all have answered, not corrected where more did than could, and none for nobody', () => {
    const { low, high } = wilsonInterval(fraction('55/69'), 69)!
    expect([low, high]).toEqual([55 / 69, 55 / 69])
    expect(wilsonInterval(fraction('55/69'), 60)).toEqual(wilsonInterval(fraction('55/69')))
    expect(wilsonInterval(fraction('0/0'))).toBeUndefined()
    expect(wilsonInterval(fraction('0/0'), 20)).toBeUndefined()
    expect(wilsonInterval(fraction('1/1'), 1)).toBeUndefined()
    expect(wilsonInterval(fraction('0/1'), 0.5)).toBeUndefined()
  })

  const some = fc.tuple(someProportion, fc.double({ min: 0, max: 20, noNaN: true }))
  test('holds the share, lies within 0 and 1, is mirrored, and is narrower the more of all have answered', () => {
    fc.assert(
      fc.property(some, ([one, beyond]) => {
        fc.pre(one.people > 1)
        const share = shareOf(one)!
        const all = wilsonInterval(one)!
        const corrected = wilsonInterval(one, one.people * (1 + beyond))!
        for (const { low, high } of [all, corrected]) {
          expect(low).toBeLessThanOrEqual(share)
          expect(high).toBeGreaterThanOrEqual(share)
          expect(low).toBeGreaterThanOrEqual(0)
          expect(high).toBeLessThanOrEqual(1)
        }
        expect(width(corrected)).toBeLessThanOrEqual(width(all) + almost)
        expect(width(wilsonInterval(one, one.people * (2 + beyond))!)).toBeGreaterThanOrEqual(width(corrected) - almost)
        const mirror = wilsonInterval(mirrored(one), one.people * (1 + beyond))!
        expectInterval(corrected, 1 - mirror.high, 1 - mirror.low, 12)
      }),
      { numRuns: 500 },
    )
  })

  test('rises with the positive, and is narrower for more people of the same share', () => {
    fc.assert(
      fc.property(someProportion, fc.integer({ min: 2, max: 9 }), (one, factor) => {
        expect(width(wilsonInterval(times(factor, one))!)).toBeLessThan(width(wilsonInterval(one)!))
        if (one.positive === one.people) return
        const next = wilsonInterval({ ...one, positive: one.positive + 1 })!
        const { low, high } = wilsonInterval(one)!
        expect(next.low).toBeGreaterThan(low)
        expect(next.high).toBeGreaterThan(high)
      }),
    )
  })
})

describe('the interval of a difference', () => {
  test.each([
    ['56/70', '48/80', 0.0524, 0.3339, 4],
    ['9/10', '3/10', 0.1705, 0.809, 4],
    ['6/7', '2/7', 0.0582, 0.8062, 4],
    ['5/56', '0/29', -0.0381, 0.1926, 4],
    ['0/10', '0/20', -0.1611, 0.2775, 4],
    ['0/10', '0/10', -0.2775, 0.2775, 4],
    ['10/10', '0/20', 0.6791, 1, 4],
    ['10/10', '0/10', 0.6075, 1, 4],
    ['56/70', '48/80', 0.052431, 0.333873],
    ['12/12', '15/15', -0.242494, 0.203883],
    ['10/10', '6/10', 0.038386, 0.687326],
    ['140/180', '165/190', -0.168412, -0.012848],
    ['92/131', '70/120', 0.000557, 0.233554],
    ['412/500', '7898/10000', -0.00247, 0.066118],
    ['1380/1650', '3120/3850', 0.003777, 0.04724],
  ])('of %s and %s goes from %f to %f', (first, second, low, high, digits = 6) => {
    expectInterval(newcombeInterval(fraction(first), fraction(second)), low, high, digits)
  })

  test('is none where one of them is nobody', () => {
    expect(newcombeInterval(fraction('0/0'), fraction('3/10'))).toBeUndefined()
    expect(newcombeInterval(fraction('3/10'), fraction('0/0'))).toBeUndefined()
  })

  test('holds the difference, lies within -1 and 1, turns round with the two and with what is positive', () => {
    const difference = (first: Proportion, second: Proportion) => shareOf(first)! - shareOf(second)!
    fc.assert(
      fc.property(someProportion, someProportion, (first, second) => {
        const { low, high } = newcombeInterval(first, second)!
        expect(low).toBeLessThanOrEqual(difference(first, second))
        expect(high).toBeGreaterThanOrEqual(difference(first, second))
        expect(low).toBeGreaterThanOrEqual(-1)
        expect(high).toBeLessThanOrEqual(1)
        expectInterval(newcombeInterval(second, first), -high, -low, 12)
        expectInterval(newcombeInterval(mirrored(second), mirrored(first)), low, high, 12)
      }),
      { numRuns: 500 },
    )
  })
})
