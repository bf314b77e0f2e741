import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roundedQuotient, wholePercent } from '../../src/statistics/rounding.ts'
import { fraction } from './some-proportions.ts'

/** The counts that have a percent, of so many people. */
function countsByPercent(people: number): number[][] {
  const counts = new Map<number, number[]>()
  for (let count = 0; count <= people; count++) {
    const percent = wholePercent(count, people)
    counts.set(percent, [...(counts.get(percent) ?? []), count])
  }
  return [...counts.values()]
}

describe('whole per cent', () => {
  test.each([
    ['29/200', 15],
    ['57/200', 29],
    ['23/40', 58],
    ['113/200', 57],
    ['1/8', 13],
    ['3/8', 38],
    ['5/8', 63],
    ['7/8', 88],
    ['199/200', 100],
    ['1/200', 1],
    ['1/201', 0],
    ['201/400', 50],
    ['70/93', 75],
    ['149/200', 75],
    ['191/250', 76],
    ['13/17', 76],
    ['13/16', 81],
  ])('of %s is %i: half away from zero', (text, percent) => {
    const { positive, people } = fraction(text)
    expect(wholePercent(positive, people)).toBe(percent)
  })

  test('is right in each fraction of up to 600, where the usual way is wrong in 24', () => {
    const exact = (part: number, whole: number) => Number((200n * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole)))
    let usualIsWrong = 0
    const wrong: string[] = []
    for (let whole = 1; whole <= 600; whole++) {
      for (let part = 0; part <= whole; part++) {
        const percent = exact(part, whole)
        if (wholePercent(part, whole) !== percent) wrong.push(`${part}/${whole}`)
        if (Math.round((part / whole) * 100) !== percent) usualIsWrong++
      }
    }
    expect(wrong).toEqual([])
    expect(usualIsWrong).toBe(24)
  })

  test('of parts need not add up to 100, and is not adjusted', () => {
    const percentsOf = (counts: number[]) => {
      const all = counts.reduce((sum, count) => sum + count)
      return counts.map((count) => wholePercent(count, all))
    }
    expect(percentsOf([40, 40, 40])).toEqual([33, 33, 33])
    expect(percentsOf([55, 34, 14, 18])).toEqual([45, 28, 12, 15])
    expect(percentsOf([26, 11, 2, 1])).toEqual([65, 28, 5, 3])
    expect(percentsOf([13, 13, 7, 1])).toEqual([38, 38, 21, 3])
    expect(wholePercent(55 + 34, 121)).toBe(74)
  })

  test('tells the count of up to a hundred people, and less and less of more', () => {
    for (let people = 1; people <= 100; people++) {
      expect(countsByPercent(people).every((counts) => counts.length === 1)).toBe(true)
    }
    const told = (people: number) => {
      const counts = countsByPercent(people)
      const alone = counts.filter((some) => some.length === 1).length
      return [Math.max(...counts.map((some) => some.length)), wholePercent(10 * alone, people + 1) / 10]
    }
    expect(told(101)).toEqual([2, 98])
    expect(countsByPercent(101)).toContainEqual([50, 51])
    expect(told(137)).toEqual([2, 46.4])
    expect(countsByPercent(137)).toContainEqual([107])
    expect(told(199)).toEqual([2, 1])
    expect(told(250)).toEqual([3, 0])
    expect(told(512)).toEqual([6, 0])
    expect(countsByPercent(512)).toContainEqual([397, 398, 399, 400, 401])
    expect(countsByPercent(23)).toContainEqual([18])
  })

  test('keeps more back than a decimal would: that tells the count of up to a thousand, and often how many there are', () => {
    const perMille = (part: number, whole: number) => roundedQuotient(1000 * part, whole)
    for (let people = 1; people <= 1000; people++) {
      const told = Array.from({ length: people + 1 }, (_, count) => perMille(count, people))
      if (new Set(told).size !== told.length) expect.unreachable(`of ${people}`)
    }
    const alike: string[] = []
    for (let people = 10; people <= 60; people++) {
      for (let count = 0; count <= people; count++)
        if (perMille(count, people) === 783) alike.push(`${count}/${people}`)
    }
    expect(alike).toEqual(['18/23', '36/46', '47/60'])
  })
})

describe('a rounded quotient', () => {
  test.each([
    [-5, 2, -3],
    [-3, 2, -2],
    [-1, 2, -1],
    [-1, 3, 0],
    [1, 2, 1],
    [3920, 5, 784],
  ])('of %i by %i is %i', (dividend, divisor, rounded) => {
    expect(roundedQuotient(dividend, divisor)).toBe(rounded)
  })

  test('lies within a half, is the same on both sides of zero, and never falls where the dividend rises', () => {
    const whole = fc.integer({ min: -50_000_000, max: 50_000_000 })
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 500_000 }), (dividend, divisor) => {
        const rounded = roundedQuotient(dividend, divisor)
        expect(Math.abs(2 * (rounded * divisor - dividend))).toBeLessThanOrEqual(divisor)
        expect(roundedQuotient(-dividend, divisor)).toBe(0 - rounded)
        expect(roundedQuotient(dividend + 1, divisor)).toBeGreaterThanOrEqual(rounded)
      }),
    )
  })
})
