import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeFromLatest, changeInPoints, runsOf } from '../../src/results/series.ts'
import { wholePercent } from '../../src/statistics/rounding.ts'

/** In 2020 nobody was asked, and 2021 is suppressed. */
const series = [{ year: 2019, percent: 78 }, { year: 2021 }, { year: 2022, percent: 81 }, { year: 2023, percent: 85 }]

describe('a change', () => {
  test('is of what is shown, not of what was before it was rounded', () => {
    expect(changeInPoints(wholePercent(149, 200), wholePercent(191, 250))).toBe(1)
    expect(changeInPoints(wholePercent(13, 17), wholePercent(13, 16))).toBe(5)
    expect(changeInPoints(wholePercent(70, 120), wholePercent(92, 131))).toBe(12)
  })

  test('of the national response rate is 5 points to 2022 and 6 to 2023, and to 2021 there is none', () => {
    const rates = [
      { year: 2021, percent: 37 },
      { year: 2022, percent: 42 },
      { year: 2023, percent: 48 },
    ]
    expect([2021, 2022, 2023].map((year) => changeFromLatest(rates, year)?.points)).toEqual([undefined, 5, 6])
  })

  test('from the latest value says since when', () => {
    expect(changeFromLatest(series, 2022)).toEqual({ points: 3, since: 2019 })
    expect(changeFromLatest(series, 2023)).toEqual({ points: 4, since: 2022 })
    for (const year of [2018, 2019, 2020, 2021]) expect(changeFromLatest(series, year)).toBeUndefined()
  })
})

describe('a line over years', () => {
  test('is broken where a year has no value, and nothing is put there', () => {
    expect(runsOf(series)).toEqual([
      [{ year: 2019, percent: 78 }],
      [
        { year: 2022, percent: 81 },
        { year: 2023, percent: 85 },
      ],
    ])
    expect(runsOf([])).toEqual([])
  })

  test('holds every value once, in order, without a gap; changes within it add up', () => {
    const year = fc.record(
      { year: fc.integer({ min: 2014, max: 2060 }), percent: fc.integer({ min: 0, max: 100 }) },
      { requiredKeys: ['year'] },
    )
    const years = fc.uniqueArray(year, { selector: (one) => one.year, maxLength: 47, size: 'max' })
    fc.assert(
      fc.property(years, (some) => {
        const runs = runsOf(some)
        const told = some.filter(({ percent }) => percent !== undefined)
        expect(runs.flat()).toEqual(told.toSorted((one, other) => one.year - other.year))
        for (const run of runs) {
          const changes = run.slice(1).map((one) => changeFromLatest(some, one.year)!.points)
          const all = changes.reduce((sum, points) => sum + points, 0)
          expect(all).toBe(changeInPoints(run[0]!.percent, run.at(-1)!.percent))
        }
      }),
    )
  })
})
