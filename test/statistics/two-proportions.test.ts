import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fisherExactP } from '../../src/statistics/fisher.ts'
import { twoSidedP, z95 } from '../../src/statistics/normal.ts'
import { pooledZ, smallestExpected, twoProportionP } from '../../src/statistics/two-proportions.ts'
import { fraction, mirrored, someProportion } from './some-proportions.ts'

/** Figures of R 4.2.2: `prop.test(correct = FALSE)` and `fisher.test`; and of Python in exact fractions. */
describe('whether two shares differ', () => {
  test.each([
    ['56/70', '48/80', 21.467, 2.650172, 0.008045, 0.012521, 'z'],
    ['60/80', '45/75', 24.194, 1.996425, 0.045888, 0.058635, 'z'],
    ['18/20', '15/20', 3.5, 1.248376, 0.211894, 0.407484, 'Fisher'],
    ['10/12', '6/11', 3.348, 1.498827, 0.133918, 0.193027, 'Fisher'],
    ['9/10', '3/10', 4, 2.738613, 0.00617, 0.019767, 'Fisher'],
    ['12/12', '8/14', 2.769, 2.585675, 0.009719, 0.017057, 'Fisher'],
    ['10/10', '6/10', 2, 2.236068, 0.025347, 0.086687, 'Fisher'],
  ])('of %s and %s is tested so', (one, other, expected, z, pOfZ, pOfFisher, used) => {
    const [first, second] = [fraction(one), fraction(other)]
    expect(smallestExpected(first, second)).toBeCloseTo(expected, 3)
    expect(pooledZ(first, second)).toBeCloseTo(z, 6)
    expect(twoSidedP(pooledZ(first, second)!)).toBeCloseTo(pOfZ, 6)
    expect(fisherExactP(first, second)).toBeCloseTo(pOfFisher, 6)
    expect(twoProportionP(first, second)).toBeCloseTo(used === 'z' ? pOfZ : pOfFisher, 6)
  })

  test.each([
    ['140/180', '165/190', -2.290039, 0.022019],
    ['92/131', '70/120', 1.967885, 0.049081],
    ['412/500', '7898/10000', 1.83689, 0.066226],
    ['412/500', '8310/10500', 1.756014, 0.079086],
    ['1380/1650', '3120/3850', 2.288689, 0.022097],
    ['1380/1650', '4500/5500', 1.694818, 0.09011],
    ['2520/3000', '5610/7000', 4.533246, 0.0000058],
    ['2520/3000', '8130/10000', 3.370446, 0.00075],
  ])('of many, %s and %s, by z', (one, other, z, p) => {
    expect(pooledZ(fraction(one), fraction(other))).toBeCloseTo(z, 6)
    expect(twoProportionP(fraction(one), fraction(other))).toBeCloseTo(p, 6)
  })

  test('has no z where all are positive or none is, nor where one is nobody; and chance explains it', () => {
    for (const [one, other] of [
      ['12/12', '15/15'],
      ['0/12', '0/15'],
      ['3/12', '0/0'],
      ['0/0', '0/0'],
    ] as const) {
      const [first, second] = [fraction(one), fraction(other)]
      expect(pooledZ(first, second)).toBeUndefined()
      expect(fisherExactP(first, second)).toBe(1)
      expect(twoProportionP(first, second)).toBe(1)
    }
    expect(smallestExpected(fraction('12/12'), fraction('15/15'))).toBe(0)
  })

  test('is Fisher’s below five and z from five on', () => {
    const [ofZ, ofFisher] = [
      [fraction('7/10'), fraction('3/10')],
      [fraction('6/10'), fraction('3/10')],
    ] as const
    expect(smallestExpected(...ofZ)).toBe(5)
    expect(twoProportionP(...ofZ)).toBe(twoSidedP(pooledZ(...ofZ)!))
    expect(smallestExpected(...ofFisher)).toBe(4.5)
    expect(twoProportionP(...ofFisher)).toBe(fisherExactP(...ofFisher))
  })

  test('is likely from 0 to 1, the same either way round, of the positive or of the others', () => {
    fc.assert(
      fc.property(someProportion, someProportion, (first, second) => {
        const p = twoProportionP(first, second)
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
        expect(twoProportionP(second, first)).toBeCloseTo(p, 9)
        expect(twoProportionP(mirrored(first), mirrored(second))).toBeCloseTo(p, 9)
      }),
      { numRuns: 500 },
    )
  })

  test('is by Fisher what counting all tables in exact numbers finds', () => {
    const choose = (people: number, some: number): bigint => {
      let ways = 1n
      for (let nth = 0; nth < some; nth++) ways = (ways * BigInt(people - nth)) / BigInt(nth + 1)
      return ways
    }
    const small = fc.integer({ min: 0, max: 40 })
    const smallOf = small.chain((people) => fc.record({ people: fc.constant(people), positive: fc.nat(people) }))
    fc.assert(
      fc.property(smallOf, smallOf, (first, second) => {
        const positive = first.positive + second.positive
        const ways = Array.from({ length: first.people + 1 }, (_, found) =>
          positive - found < 0 || positive - found > second.people
            ? 0n
            : choose(first.people, found) * choose(second.people, positive - found),
        )
        const all = ways.reduce((sum, number) => sum + number)
        const seen = ways[first.positive]!
        const asUnlikely = ways.filter((number) => number <= seen).reduce((sum, number) => sum + number)
        expect(fisherExactP(first, second)).toBeCloseTo(Number((asUnlikely * 10n ** 15n) / all) / 1e15, 9)
      }),
      { numRuns: 500 },
    )
  })

  test('is found for half a million people as for few, and is no less sure the further apart they are', () => {
    expect(fisherExactP({ people: 250_000, positive: 2 }, { people: 250_000, positive: 4 })).toBeCloseTo(0.6875, 4)
    expect(fisherExactP({ people: 50_000, positive: 25_000 }, { people: 50_000, positive: 25_000 })).toBe(1)
    fc.assert(
      fc.property(someProportion, someProportion, (first, second) => {
        const z = pooledZ(first, second)
        const further = { ...first, positive: first.positive + 1 }
        if (z === undefined || z < 0 || further.positive > first.people) return
        expect(pooledZ(further, second) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(z)
      }),
    )
  })
})

describe('the tails of the normal distribution', () => {
  /** `2 * pnorm(-z)` of R. */
  test.each([
    [0, 1],
    [0.5, 0.6170750774519738],
    [1, 0.31731050786291415],
    [z95, 0.05],
    [2.5758293035489004, 0.01],
    [2.999999, 0.002699805],
    [3, 0.0026997960632601866],
    [5, 5.733031437583869e-7],
    [8.195068, 2.5e-16],
    [10, 1.523970604832105e-23],
  ])('beyond %f hold %f', (z, p) => {
    expect(twoSidedP(z) / p).toBeCloseTo(1, z > 8 && z < 9 ? 1 : 7)
    expect(twoSidedP(-z)).toBe(twoSidedP(z))
  })

  test('never grow with the distance, and are never more than 1 or less than 0', () => {
    const distance = fc.double({ min: 0, max: 45, noNaN: true })
    fc.assert(
      fc.property(distance, distance, (one, other) => {
        const [near, far] = [Math.min(one, other), Math.max(one, other)].map(twoSidedP) as [number, number]
        expect(far).toBeLessThanOrEqual(near + 1e-15)
        expect(near).toBeLessThanOrEqual(1)
        expect(far).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
