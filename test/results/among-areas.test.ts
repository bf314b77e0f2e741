import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quartersOf } from '../../src/results/quarters.ts'
import { unweightedMean } from '../../src/results/unweighted-mean.ts'
import { wholePercent } from '../../src/statistics/rounding.ts'
import { fraction } from '../statistics/some-proportions.ts'

const percent = fc.integer({ min: 0, max: 100 })
const areas = fc.array(fc.option(percent, { nil: undefined }), { maxLength: 290, size: 'max' })

describe('the mean of municipalities', () => {
  const shown = ['90/100', '12/20', '33/44', '57/72', '14/16'].map(fraction)
  const percents = shown.map(({ positive, people }) => wholePercent(positive, people))

  test('is of the whole per cent that are published, and of no other', () => {
    expect(percents).toEqual([90, 60, 75, 79, 88])
    expect(unweightedMean(percents)).toEqual({ mean: 78.4, count: 5 })
    expect(unweightedMean([...percents, undefined])).toEqual({ mean: 78.4, count: 5 })
  })

  test('is none where nothing is published', () => {
    expect(unweightedMean([])).toBeUndefined()
    expect(unweightedMean([undefined, undefined])).toBeUndefined()
  })

  test('is rounded half away from zero to one decimal', () => {
    expect(unweightedMean([80, 80, 80, 81])).toEqual({ mean: 80.3, count: 4 })
    expect(unweightedMean([80, 81, 81])).toEqual({ mean: 80.7, count: 3 })
  })

  test('lies between the lowest and the highest, does not mind the order, and rises with each', () => {
    fc.assert(
      fc.property(areas, (some) => {
        const found = unweightedMean(some)
        const published = some.filter((one) => one !== undefined)
        expect(found?.count ?? 0).toBe(published.length)
        if (!found) return
        expect(found.mean).toBeGreaterThanOrEqual(Math.min(...published))
        expect(found.mean).toBeLessThanOrEqual(Math.max(...published))
        expect(unweightedMean([...some].reverse())).toEqual(found)
        expect(unweightedMean(some.map((one) => one && one + 1 + (one % 3)))!.mean).toBeGreaterThanOrEqual(found.mean)
      }),
    )
  })
})

describe('the quarters of all municipalities', () => {
  const letters = { best: 'g', middle: 'y', last: 'r' }
  const spelt = (percents: (number | undefined)[]) =>
    quartersOf(percents)
      .map((quarter) => (quarter ? letters[quarter] : '-'))
      .join(' ')
  const times = (number: number, value: number) => Array.from({ length: number }, () => value)

  test.each([
    [[95, 92, 90, 90, 88, 85, 84, 80, 80, 78, 70, 66], 'g g g g y y y y y r r r'],
    [[95, 94, 93, 92, 91, 90, 89, 88, 87, 86], 'g g y y y y y y r r'],
    [[90, 90, 90, 90, 80, 80, 70, 60], 'g g g g y y r r'],
    [times(8, 80), 'y y y y y y y y'],
    [[...times(10, 99), 50, 50], 'y y y y y y y y y y r r'],
    [[91, 85, 80, 75], 'g y y r'],
    [[90, 80, 70], 'y y y'],
    [[75, undefined, 91, 80, 85], 'r - g y y'],
    [[], ''],
  ])('of %j', (percents, quarters) => {
    expect(spelt(percents)).toBe(quarters)
  })

  test('are the same for equal ones, better for better ones, turn with what is better, and hold no more than they should', () => {
    const turned = { best: 'last', middle: 'middle', last: 'best' }
    fc.assert(
      fc.property(areas, (some) => {
        const quarters = quartersOf(some)
        const upside = quartersOf(some.map((one) => (one === undefined ? undefined : 100 - one)))
        expect(upside).toEqual(quarters.map((quarter) => quarter && turned[quarter]))
        const rank = { best: 0, middle: 1, last: 2 }
        const ranked = some.flatMap((one, at) => (one === undefined ? [] : [[one, rank[quarters[at]!]] as const]))
        ranked.sort(([one, its], [other, others]) => other - one || its - others)
        const order = ranked.map(([, its]) => its)
        expect(order).toEqual([...order].sort())
        const best = ranked.filter(([, its]) => its === 0)
        const worstOfBest = best.at(-1)?.[0]
        expect(4 * best.filter(([one]) => one !== worstOfBest).length).toBeLessThan(Math.max(1, ranked.length))
      }),
    )
  })
})
