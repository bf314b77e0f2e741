import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readKpis } from '../../src/catalogue/kpis.ts'
import { yearFigures } from '../../src/catalogue/year-figures.ts'
import type { Indicator } from '../../src/results/indicator.ts'

const kpis = readKpis()
const areas = Array.from({ length: 40 }, (_, at) => String(1000 + at))
const statuses = ['shown', 'few', 'protected', 'at-least-90', 'at-most-10', 'nobody'] as const

/** Any municipality's indicators, each at most once. */
const indicators = fc
  .uniqueArray(
    fc.record({
      kpi: fc.constantFrom(...kpis),
      area: fc.constantFrom(...areas),
      gender: fc.constantFrom('all', 'woman', 'man'),
      status: fc.constantFrom(...statuses),
      value: fc.integer({ min: 0, max: 100_000 }),
    }),
    { selector: ({ kpi, area, gender }) => `${kpi.id} ${area} ${gender}`, maxLength: 400, size: 'max' },
  )
  .map((some) =>
    some.map(({ kpi, value, ...rest }): Indicator => {
      const { targetGroup, measure, question } = kpi
      const isShown = rest.status === 'shown'
      return { ...rest, level: 'municipality', targetGroup, measure, question, part: '', ...(isShown ? { value } : {}) }
    }),
  )

const letterOf = { all: 'T', woman: 'K', man: 'M' } as const
const of = ({ measure, targetGroup, question }: Pick<Indicator, 'measure' | 'targetGroup' | 'question'>) =>
  kpis.find((kpi) => kpi.measure === measure && kpi.targetGroup === targetGroup && kpi.question === question)!

test('What is packed is what was published, and nothing else', () => {
  fc.assert(
    fc.property(indicators, (published) => {
      const year = yearFigures({ year: 2026, publishedOn: '2026-12-08' }, kpis, published)
      let found = 0
      for (const kpi of kpis)
        for (const area of areas)
          for (const { gender, status, value, count } of year.of(kpi, area)) {
            found++
            const own = published.find(
              (one) => of(one) === kpi && one.area === area && letterOf[one.gender] === gender,
            )!
            expect(value).toBe(own.status === 'shown' ? own.value : null)
            expect(status === '').toBe(own.status === 'shown')
            expect(count).toBe(1)
          }
      expect(found).toBe(published.filter((one) => one.gender === 'all' || of(one).byGender).length)
    }),
    { numRuns: 30 },
  )
})

test('The figure of a group is the mean of those of its members that are told, where 90 or more count as 90', () => {
  fc.assert(
    fc.property(indicators, fc.subarray(areas), fc.constantFrom(...kpis), (published, members, kpi) => {
      const year = yearFigures({ year: 2026, publishedOn: '2026-12-08' }, kpis, published)
      const counted = published
        .filter((one) => of(one) === kpi && one.gender === 'all' && members.includes(one.area))
        .flatMap(({ status, value }) => {
          if (status === 'at-least-90') return [90]
          if (status === 'at-most-10') return [10]
          return status === 'shown' ? [value!] : []
        })
      const mean = year.meansOf(kpi, members).find(({ gender }) => gender === 'T')
      expect(mean?.count ?? 0).toBe(counted.length)
      if (!mean) return
      expect(Math.abs(mean.value! - counted.reduce((sum, one) => sum + one, 0) / counted.length)).toBeLessThan(0.0501)
    }),
  )
})

test('A rate that is known to be no higher is no value', () => {
  const { targetGroup, measure, question } = kpis.find((kpi) => kpi.measure === 'rate')!
  const rate: Indicator = {
    ...{ level: 'municipality', area: '1489', targetGroup, measure, question, gender: 'all', status: 'shown' },
    ...{ value: 40, part: 'at-most' },
  }
  const year = yearFigures({ year: 2026, publishedOn: '2026-12-08' }, kpis, [rate])
  const kpi = kpis.find((one) => one.measure === 'rate')!
  expect(year.of(kpi, '1489')).toEqual([{ gender: 'T', status: 'Missing', value: null, count: 1 }])
  expect(year.meansOf(kpi, ['1489'])).toEqual([])
})
