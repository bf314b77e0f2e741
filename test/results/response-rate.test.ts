import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pooledParticipation, populationOf, responseRate } from '../../src/results/response-rate.ts'
import { wilsonInterval } from '../../src/statistics/wilson.ts'

const of = (offered: number, responses: number) => ({ offered, responses })
const strata = [of(120, 66), of(40, 28), of(55, 58), of(188, 71), of(0, 0), of(34, 9)]

describe('the response rate', () => {
  test('is none where nobody was offered, and where a tally is missing', () => {
    const rates = strata.map((stratum) => responseRate(stratum))
    expect(rates.map((rate) => rate && Math.round(1e8 * rate) / 1e6)).toEqual([
      55,
      70,
      undefined,
      37.765957,
      undefined,
      26.470588,
    ])
    expect(responseRate(of(20, 0))).toBe(0)
    expect(responseRate(of(20, 14))).toBe(0.7)
    expect(responseRate(of(20, 20))).toBe(1)
  })

  test('of several takes at least those for offered who answered, and says so', () => {
    const all = pooledParticipation(strata)
    expect(all).toEqual({ offered: 440, responses: 232, isAtMost: true })
    expect(100 * responseRate(all)!).toBeCloseTo(52.727273, 6)
    const tallied = pooledParticipation(strata.filter(({ offered, responses }) => responses <= offered))
    expect(tallied).toEqual({ offered: 382, responses: 174, isAtMost: false })
    expect(100 * responseRate(tallied)!).toBeCloseTo(45.549738, 6)
    expect(100 * responseRate(of(437, 232))!).toBeCloseTo(53.089245, 6)
  })

  test('of nothing is none', () => {
    expect(responseRate(pooledParticipation([]))).toBeUndefined()
  })

  const some = fc.array(fc.record({ offered: fc.nat(2000), responses: fc.nat(1500) }), {
    maxLength: 300,
    size: 'max',
  })
  test('of several lies within 0 and 1, adds up in any order, and is never lower than the true one', () => {
    fc.assert(
      fc.property(some, some, (ones, others) => {
        const all = pooledParticipation([...ones, ...others])
        expect(pooledParticipation([...others, ...ones])).toEqual(all)
        const { offered, responses } = pooledParticipation([pooledParticipation(ones), pooledParticipation(others)])
        expect({ offered, responses }).toEqual({ offered: all.offered, responses: all.responses })
        const rate = responseRate(all)
        if (all.offered === 0) expect(rate).toBeUndefined()
        else expect(rate! >= 0 && rate! <= 1).toBe(true)
        const trulyOffered = [...ones, ...others].reduce(
          (sum, one) => sum + Math.max(one.offered, one.responses + 7),
          0,
        )
        expect(rate ?? 0).toBeGreaterThanOrEqual(all.responses / Math.max(1, trulyOffered))
      }),
    )
  })
})

describe('how many could have answered a question', () => {
  test.each([
    [69, of(120, 78), 106.153846, 0.353328],
    [102, of(204, 104), 200.076923, 0.492658],
    [512, of(1000, 530), 966.037736, 0.470487],
    [10, of(20, 14), 14.285714, 0.322581],
    [10, of(25, 10), 25, 0.625],
    [30, of(31, 30), 31, 0.033333],
    [30, of(3000, 30), 3000, 0.99033],
    [69, of(79, 78), 69.884615, 0.012842],
  ])('of %i who did, %j', (people, participation, population, correction) => {
    const found = populationOf(people, participation)!
    expect(found).toBeCloseTo(population, 6)
    expect((found - people) / (found - 1)).toBeCloseTo(correction, 6)
  })

  test('is all of them where everybody answered, and not known where a tally is missing or nobody did', () => {
    expect(populationOf(69, of(78, 78))).toBe(69)
    expect(populationOf(10, of(10, 10))).toBe(10)
    expect(populationOf(10, of(12, 14))).toBeUndefined()
    expect(populationOf(0, of(12, 0))).toBeUndefined()
  })

  test('is never fewer than those who did, so that the interval is always corrected', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 500_000 }), fc.nat(500_000), fc.nat(500_000), (people, more, beyond) => {
        const population = populationOf(people, of(people + more + beyond, people + more))!
        expect(population).toBeGreaterThanOrEqual(people)
        if (beyond === 0) {
          const { low, high } = wilsonInterval({ people, positive: 1 }, population)!
          expect(low).toBe(high)
        }
      }),
      { numRuns: 500 },
    )
  })
})
