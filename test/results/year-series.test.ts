import { describe, expect, test } from 'vitest'
import { earlierYears } from '../../src/catalogue/earlier-years.ts'
import { readKpis } from '../../src/catalogue/kpis.ts'
import { breaksOf, type SeriesYear, seriesChange } from '../../src/results/year-series.ts'

const year = (year: number, percent?: number, more: Partial<SeriesYear> = {}): SeriesYear => ({
  ...{ year, isApart: false, isReworded: false },
  ...(percent === undefined
    ? {}
    : { share: { status: 'shown', value: percent, people: 500, positive: 5 * percent } as const }),
  ...more,
})
/** Known by its per cent alone. */
const published = (at: number, percent: number) => year(at, undefined, { share: { status: 'shown', value: percent } })

describe('a series of years', () => {
  test('is broken where the question was reworded, and for young people where the unaccompanied were counted otherwise', () => {
    const series = [
      ...[year(2016, 80), year(2017, 80, { isApart: true }), year(2018, 80, { isApart: true })],
      ...[year(2020, 80), year(2021, 80, { isReworded: true })],
    ]
    const wording = { beforeYear: 2021, kind: 'wording' }
    expect(breaksOf(series, 'guardian')).toEqual([wording])
    expect(breaksOf(series, 'youth')).toEqual([
      { beforeYear: 2017, kind: 'groups' },
      { beforeYear: 2020, kind: 'groups' },
      wording,
    ])
    expect(breaksOf([year(2024, 80, { isReworded: true })], 'total')).toEqual([])
  })

  test('has changed surely, or not, since the first year of the line that leads to the last', () => {
    const told = (series: SeriesYear[]) => {
      const found = seriesChange(series, 'total')
      return found && [found.from.year, found.to.year, found.outcome]
    }
    expect(told([year(2022, 70), year(2023, 50), year(2024, 80)])).toEqual([2022, 2024, 'higher'])
    expect(told([year(2022, 80), year(2023, 82), year(2024, 70)])).toEqual([2022, 2024, 'lower'])
    expect(told([year(2022, 80), year(2023, 50), year(2024, 81)])).toEqual([2022, 2024, 'no-sure-difference'])
    expect(told([year(2019, 20), year(2021, 50), year(2022, 80)])).toEqual([2021, 2022, 'higher'])
    expect(told([year(2022, 20), year(2023), year(2024, 80)])).toBeUndefined()
  })

  test('is not compared across a break', () => {
    const reworded = [year(2021, 20), year(2022, 20), year(2023, 80, { isReworded: true }), year(2024, 81)]
    expect(seriesChange(reworded, 'total')).toMatchObject({ from: { year: 2023 }, outcome: 'no-sure-difference' })
    expect(seriesChange([...reworded.slice(0, 3)], 'total')).toBeUndefined()
  })

  test('is compared up to its last value, though a break comes after it', () => {
    const kept = year(2025, undefined, { share: { status: 'few' }, isReworded: true })
    expect(seriesChange([year(2023, 50), year(2024, 80), kept], 'total')).toMatchObject({
      ...{ from: { year: 2023 }, to: { year: 2024 }, outcome: 'higher' },
    })
  })

  test('says nothing sure of years of which only the per cent is known', () => {
    expect(seriesChange([published(2022, 20), year(2023, 90)], 'total')).toMatchObject({ from: { year: 2022 } })
    expect(seriesChange([published(2022, 20), year(2023, 90)], 'total')!.outcome).toBeUndefined()
    expect(seriesChange([published(2021, 20), year(2022, 50), year(2023, 90)], 'total')).toMatchObject({
      ...{ from: { year: 2022 }, outcome: 'higher' },
    })
  })

  test('repeats what a table says of the last two years, and judges them for itself where there is none', () => {
    const two = [year(2023, 50), year(2024, 80)]
    expect(seriesChange(two, 'total', { toYearBefore: 'no-sure-difference' })!.outcome).toBe('no-sure-difference')
    expect(seriesChange(two, 'total', {})!.outcome).toBeUndefined()
    expect(seriesChange(two, 'total')!.outcome).toBe('higher')
    expect(seriesChange([year(2022, 50), ...two], 'total', { toYearBefore: 'lower' })!.outcome).toBe('higher')
  })
})

describe('years that the indicator database has published', () => {
  const kpis = readKpis()
  const kpi = kpis.find(
    (one) => one.measure === 'positive' && one.targetGroup === 'youth' && one.question === 'overall',
  )!
  const figure = (year: number, value: number, more = {}) => ({
    ...{ kpi: kpi.id, area: '1489', year, gender: 'T', value },
    ...more,
  })

  test('are those of the place and of all genders, in whole per cent, with how the unaccompanied were counted', () => {
    const figures = [
      ...[figure(2020, 78.5), figure(2019, 83.49), figure(2017, 80), figure(2016, 81, { people: 121 })],
      ...[figure(2018, 1, { gender: 'K' }), figure(2018, 2, { area: '0000' }), figure(2018, 3, { kpi: 'U30505' })],
    ]
    const series = earlierYears(figures, kpis, { area: '1489', targetGroup: 'youth', question: 'overall' })
    expect(series.map(({ year, share, isApart }) => [year, share!.value, isApart])).toEqual([
      [2016, 81, false],
      [2017, 80, true],
      [2019, 83, true],
      [2020, 79, false],
    ])
    expect(series[0]!.share!.people).toBe(121)
  })

  test('are none of a group that it does not have', () => {
    const place = { area: '1489', targetGroup: 'unaccompanied', question: 'overall' } as const
    expect(earlierYears([figure(2018, 80)], kpis, place)).toEqual([])
  })
})
