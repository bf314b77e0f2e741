import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countsOf, isOpenEnough } from '../../src/disclosure/possible-counts.ts'
import { wholePercent } from '../../src/statistics/rounding.ts'
import { fraction, someProportion } from '../statistics/some-proportions.ts'

const everyCount = (people: number) => Array.from({ length: people + 1 }, (_, count) => count)
const rangeOf = (counts: number[]) => ({ low: counts[0], high: counts.at(-1) })

describe('the counts that are possible of what is told', () => {
  const somePeople = someProportion.filter(({ people }) => people < 2000)

  test('are all with the same whole per cent, where it has no number, and one where it has', () => {
    fc.assert(
      fc.property(somePeople, ({ people, positive }) => {
        const percent = wholePercent(positive, people)
        const alike = everyCount(people).filter((count) => wholePercent(count, people) === percent)
        expect(countsOf({ people, positive, share: 'exact', hasNumber: false })).toEqual(rangeOf(alike))
        const told = countsOf({ people, positive, share: 'exact', hasNumber: true })
        expect(told).toEqual({ low: positive, high: positive })
      }),
    )
  })

  test('are all that the words are true of, and any of what is hidden', () => {
    fc.assert(
      fc.property(somePeople, fc.boolean(), ({ people }, isMost) => {
        const alike = everyCount(people).filter((count) =>
          isMost ? wholePercent(count, people) >= 90 : wholePercent(count, people) <= 10,
        )
        const set = { people, positive: isMost ? people : 0, hasNumber: true }
        expect(countsOf({ ...set, share: 'words' })).toEqual(rangeOf(alike))
        expect(countsOf({ ...set, share: 'hidden' })).toEqual({ low: 0, high: people })
      }),
    )
  })
})

describe('what is possible', () => {
  test.each([
    ['0/1', 0, 1],
    ['1/2', 0, 2],
    ['1/3', 0, 2],
    ['5/7', 2, 7],
    ['5/7', 3, 7],
    ['0/9', 0, 5],
    ['0/0', 0, 0],
    ['10/10', 9, 10],
    ['29/29', 20, 29],
    ['8/10', 8, 8],
    ['30/30', 30, 30],
  ])('of %s is enough from %i to %i', (text, low, high) => {
    expect(isOpenEnough(fraction(text), { low, high })).toBe(true)
  })

  test.each([
    ['1/1', 1, 1],
    ['1/2', 0, 1],
    ['1/3', 1, 2],
    ['7/7', 6, 7],
    ['7/7', 4, 7],
    ['0/9', 0, 4],
    ['10/10', 10, 10],
    ['27/29', 27, 29],
    ['0/12', 0, 0],
  ])('of %s is not from %i to %i', (text, low, high) => {
    expect(isOpenEnough(fraction(text), { low, high })).toBe(false)
  })
})
