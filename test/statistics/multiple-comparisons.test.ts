import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { benjaminiHochberg, holm } from '../../src/statistics/multiple-comparisons.ts'

const expectAll = (found: number[], expected: number[]) => {
  expect(found).toHaveLength(expected.length)
  for (const [at, p] of expected.entries()) expect(found[at]).toBeCloseTo(p, 6)
}
const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 400, size: 'max' })

/** Figures of `p.adjust` in R 4.2.2. */
describe('comparisons that are read together', () => {
  test.each([
    [
      [0.001, 0.008, 0.012, 0.041, 0.043, 0.2, 0.6],
      [0.007, 0.048, 0.06, 0.164, 0.164, 0.4, 0.6],
      [0.007, 0.028, 0.028, 0.0602, 0.0602, 0.233333, 0.6],
    ],
    [
      [0.013, 0.0002, 0.04, 0.013, 0.5, 0.03, 0.021],
      [0.078, 0.0014, 0.09, 0.078, 0.5, 0.09, 0.084],
      [0.030333, 0.0014, 0.046667, 0.030333, 0.5, 0.042, 0.03675],
    ],
    [
      [0.781827, 0.072861, 0.00814, 0.814527, 0.113961, 0.132058, 0.010088],
      [1, 0.364305, 0.05698, 1, 0.455844, 0.455844, 0.060528],
      [0.814527, 0.170009, 0.035308, 0.814527, 0.184881, 0.184881, 0.035308],
    ],
    [[], [], []],
    [[0.03], [0.03], [0.03]],
  ])('are adjusted, %j', (given, byHolm, byBenjaminiAndHochberg) => {
    expectAll(holm(given), byHolm)
    expectAll(benjaminiHochberg(given), byBenjaminiAndHochberg)
  })

  test('are never surer than alone, keep their order, stay within 1, and are surest of a long list', () => {
    fc.assert(
      fc.property(ps, (given) => {
        const [all, mostly] = [holm(given), benjaminiHochberg(given)]
        const wrong = given.filter(
          (p, at) =>
            mostly[at]! < p || all[at]! < mostly[at]! - 1e-12 || all[at]! > Math.min(1, given.length * p + 1e-12),
        )
        expect(wrong).toEqual([])
        const order = given.map((_, at) => at).sort((one, other) => given[one]! - given[other]!)
        for (const adjusted of [all, mostly]) {
          const rising = order.map((at) => adjusted[at]!)
          expect(rising).toEqual([...rising].sort((one, other) => one - other))
        }
      }),
    )
  })

  test('are the same in whatever order they come', () => {
    fc.assert(
      fc.property(ps, (given) => {
        for (const adjust of [holm, benjaminiHochberg]) {
          expect(adjust([...given].reverse())).toEqual(adjust(given).reverse())
        }
      }),
    )
  })
})
