import { describe, expect, test } from 'vitest'
import { extremesOf } from '../../src/results/extremes.ts'
import type { Indicator } from '../../src/results/indicator.ts'
import type { ShareLine } from '../../src/results/share-lines.ts'

/** A line for each share: a number is shown, a word is its status. */
const linesOf = (shares: (number | Indicator['status'])[]): ShareLine[] =>
  shares.map((share, nth) => {
    const told = typeof share === 'number' ? { status: 'shown' as const, value: share } : { status: share }
    const key = { level: 'municipality', area: '1489', targetGroup: 'total', gender: 'all', part: '' } as const
    const question = String(nth)
    return {
      ...{ question, targetGroup: 'total', whole: {}, before: {}, similar: {} },
      share: { ...key, ...told, measure: 'positive', question },
    }
  })

/** The places of the highest and of the lowest. */
function endsOf(shares: (number | Indicator['status'])[]) {
  const { told, highest, lowest } = extremesOf(linesOf(shares))
  const places = (lines: ShareLine[]) => lines.map(({ question }) => Number(question))
  return { told, highest: places(highest), lowest: places(lowest) }
}

describe('the highest and the lowest of some shares', () => {
  test('are of all that anybody answered, and it is known how many those are', () => {
    expect(endsOf([70, 80, 80, 60, 'nobody'])).toEqual({ told: 4, highest: [1, 2], lowest: [3] })
  })

  test('are not named where one that is kept back may lie beyond them', () => {
    expect(endsOf([70, 'few', 80, 60])).toEqual({ told: 3, highest: [], lowest: [] })
    expect(endsOf([70, 80, 60, 'protected'])).toEqual({ told: 3, highest: [], lowest: [] })
  })

  test('are not named of two, of many that are alike, or where all are', () => {
    expect(endsOf([70, 80])).toEqual({ told: 2, highest: [], lowest: [] })
    expect(endsOf([80, 80, 80, 60])).toEqual({ told: 4, highest: [], lowest: [3] })
    expect(endsOf([80, 80, 80])).toEqual({ told: 3, highest: [], lowest: [] })
  })

  test('are told in words where a word is surely the end', () => {
    expect(endsOf([70, 'at-least-90', 60])).toEqual({ told: 3, highest: [1], lowest: [2] })
    expect(endsOf([70, 'at-most-10', 60])).toEqual({ told: 3, highest: [0], lowest: [1] })
  })

  test('are not named where a word may lie beyond them, or before', () => {
    expect(endsOf([94, 'at-least-90', 60])).toEqual({ told: 3, highest: [], lowest: [2] })
    expect(endsOf([90, 'at-least-90', 60])).toEqual({ told: 3, highest: [], lowest: [2] })
    expect(endsOf([94, 'at-least-90', 91])).toEqual({ told: 3, highest: [], lowest: [] })
    expect(endsOf([6, 'at-most-10', 60])).toEqual({ told: 3, highest: [2], lowest: [] })
  })
})
