import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kendallTauB } from '../../src/statistics/kendall.ts'

const understanding = [
  [6, 3, 1, 0],
  [4, 9, 5, 1],
  [2, 7, 31, 9],
  [0, 1, 11, 30],
]
const views = [
  [7, 10, 12, 4],
  [5, 10, 36, 36],
]
const columnsFirst = (table: number[][]) => table[0]!.map((_, column) => table.map((row) => row[column]!))
const upsideDown = (table: number[][]) => [...table].reverse()

/** Figures of `cor.test(method = "kendall", exact = FALSE)` in R 4.2.2. */
describe('how two rankings go together', () => {
  test.each([
    [understanding, 0.650133, 8.195068, 2.5e-16],
    [views, 0.341827, 4.016909, 5.9e-5],
  ])('is found as R finds it: %j', (table, tau, z, p) => {
    const found = kendallTauB(table)!
    expect(found.tau).toBeCloseTo(tau, 6)
    expect(found.z).toBeCloseTo(z, 6)
    expect(found.p / p).toBeCloseTo(1, 1)
    expect(found.pairs).toBe(120)
  })

  test.each([
    [[[1, 1], [0, 2]], 0.57735], // biome-ignore format: a table
    [[[5, 0, 0], [0, 7, 0], [0, 0, 9]], 1], // biome-ignore format: a table
    [[[0, 0, 5], [0, 7, 0], [9, 0, 0]], -1], // biome-ignore format: a table
    [[[20, 30], [20, 30]], 0], // biome-ignore format: a table
  ])('of %j is %f', (table, tau) => {
    expect(kendallTauB(table)!.tau).toBeCloseTo(tau, 6)
  })

  test('is not to be told where all are in one row or column, or nobody is', () => {
    for (const table of [
      [
        [0, 8],
        [0, 9],
      ],
      [
        [3, 8],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 1],
      ],
      [
        [0, 0],
        [0, 0],
      ],
      [[]],
      [],
    ]) {
      expect(kendallTauB(table), JSON.stringify(table)).toBeUndefined()
    }
  })

  const number = fc.oneof(fc.nat(3), fc.nat(40_000))
  const tables = fc
    .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(number, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
    )
  test('lies from -1 to 1, is the same either way round, and turns with one of the two', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const found = kendallTauB(table)
        if (!found) return
        expect(Math.abs(found.tau)).toBeLessThanOrEqual(1)
        expect(Number.isFinite(found.z)).toBe(true)
        const round = kendallTauB(columnsFirst(table))!
        expect(round.tau).toBeCloseTo(found.tau, 9)
        expect(round.z).toBeCloseTo(found.z, 6)
        expect(kendallTauB(upsideDown(table))!.tau).toBeCloseTo(-found.tau, 9)
      }),
      { numRuns: 500 },
    )
  })

  test('is what comparing each with each finds', () => {
    const few = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 2, maxLength: 60, size: 'max' })
    fc.assert(
      fc.property(few, (people) => {
        const table = [0, 1, 2, 3].map((row) =>
          [0, 1, 2, 3].map((column) => people.filter(([one, other]) => one === row && other === column).length),
        )
        let [score, differInOne, differInOther] = [0, 0, 0]
        people.forEach(([one, other], at) => {
          for (const [nextOne, nextOther] of people.slice(at + 1)) {
            score += Math.sign(nextOne - one) * Math.sign(nextOther - other)
            if (nextOne !== one) differInOne++
            if (nextOther !== other) differInOther++
          }
        })
        const tau = kendallTauB(table)?.tau
        if (differInOne === 0 || differInOther === 0) expect(tau).toBeUndefined()
        else expect(tau).toBeCloseTo(score / Math.sqrt(differInOne * differInOther), 9)
      }),
    )
  })
})
