import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countsOfPercent, countsOfWords, isOpenEnough } from '../../src/disclosure/possible-counts.ts'
import { wholePercent } from '../../src/statistics/rounding.ts'
import { fraction, someProportion } from '../statistics/some-proportions.ts'

const everyCount = (people: number) => Array.from({ length: people + 1 }, (_, count) => count)
const rangeOf = (counts: number[]) => ({ low: counts[0], high: counts.at(-1) })

describe('the counts that are possible of what is told', () => {
  const somePeople = someProportion.filter(({ people }) => people < 2000)

  test('are all with the same whole per cent', () => {
    fc.assert(
      fc.property(somePeople, ({ people, positive }) => {
        const percent = wholePercent(positive, people)
        const alike = everyCount(people).filter((count) => wholePercent(count, people) === percent)
        expect(countsOfPercent(people, percent)).toEqual(rangeOf(alike))
      }),
    )
  })

  test('are all that words are true of', () => {
    fc.assert(
      fc.property(somePeople, ({ people }) => {
        const { none, all } = countsOfWords(people)
        expect(none).toEqual(rangeOf(everyCount(people).filter((count) => wholePercent(count, people) <= 10)))
        expect(all).toEqual(rangeOf(everyCount(people).filter((count) => wholePercent(count, people) >= 90)))
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
    ['0/9', 0, 2],
    ['9/9', 7, 9],
    ['1/1', 0, 1],
    ['0/0', 0, 0],
    ['10/10', 9, 10],
    ['10/10', 0, 1],
    ['29/29', 20, 29],
    ['29/29', 25, 26],
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
    ['9/9', 8, 9],
    ['10/10', 10, 10],
    ['10/10', 9, 9],
    ['27/29', 27, 29],
    ['27/29', 26, 28],
    ['0/12', 0, 0],
  ])('of %s is not from %i to %i', (text, low, high) => {
    expect(isOpenEnough(fraction(text), { low, high })).toBe(false)
  })
})
