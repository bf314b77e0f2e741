import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outcomeOf } from '../../src/disclosure/outcome.ts'
import { isOpenEnough } from '../../src/disclosure/possible-counts.ts'
import type { Range } from '../../src/disclosure/steps.ts'
import { wholePercent } from '../../src/statistics/rounding.ts'

/** Whether some hidden people within a set are open, and the set itself where it is one of a few. */
const opens = (people: number, hidden: number[]) => (counts: Range) =>
  [...hidden, people].every((part) => {
    const others = people - part
    return isOpenEnough({ people: part }, { low: Math.max(0, counts.low - others), high: Math.min(part, counts.high) })
  })

const everyCount = ({ low, high }: Range) => Array.from({ length: high - low + 1 }, (_, nth) => low + nth)

/** What is said of so many people with each number of positive answers that is possible, in order. */
function saidOfAll(people: number, hidden: number[], hasNumber: boolean, possible = { low: 0, high: people }) {
  const isOpen = opens(people, hidden)
  return everyCount(possible).map((positive) => outcomeOf({ people, positive }, { possible, hasNumber, isOpen }))
}

/** The ends, and how many shares are told between them. */
function partsOf(outcomes: ReturnType<typeof saidOfAll>): string {
  const parts = outcomes.map(({ isExact, counts }) => (isExact ? 'told' : `${counts.low}-${counts.high}`))
  return [...new Set(parts)]
    .map((part) => (part === 'told' ? parts.filter((one) => one === part).length : part))
    .join(' ')
}

describe('what is said of a set', () => {
  test.each([
    ['nobody is hidden', 40, [], '41'],
    ['one of forty', 40, [1], '0-1 37 39-40'],
    ['five of forty', 40, [5], '0-2 35 38-40'],
    ['few are told of one opinion', 20, [], '0-2 15 18-20'],
    ['three of eleven', 11, [3], '0-2 6 9-11'],
    ['all of them are', 9, [9], '0-9'],
  ] as const)('is its share but at either end: %s', (_, people, hidden, parts) => {
    expect(partsOf(saidOfAll(people, [...hidden], true))).toBe(parts)
  })

  test('leaves three counts of five in six hundred also where it has no number: three of 400 round to 100 per cent, and two to none', () => {
    expect(partsOf(saidOfAll(600, [5], false))).toBe('601')
    expect(partsOf(saidOfAll(400, [5], false))).toBe('0-5 395')
  })

  test('is the same with all numbers that it leaves, each of which leaves enough open, whatever is hidden', () => {
    const some = fc.record({
      people: fc.oneof(fc.integer({ min: 10, max: 60 }), fc.integer({ min: 100, max: 700 })),
      hidden: fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 29 })), { maxLength: 3 }),
      hasNumber: fc.boolean(),
      ends: fc.tuple(fc.nat(700), fc.nat(700)),
    })
    let told = 0
    fc.assert(
      fc.property(some, ({ people, hidden, hasNumber, ends }) => {
        const parts = hidden.filter((part) => part < people)
        const [one, other] = ends.map((end) => end % (people + 1))
        const possible = { low: Math.min(one!, other!), high: Math.max(one!, other!) }
        const isOpen = opens(people, parts)
        if (!isOpen(possible)) return
        const outcomes = saidOfAll(people, parts, hasNumber, possible)
        for (const [nth, outcome] of outcomes.entries()) {
          const positive = possible.low + nth
          const { counts, isExact } = outcome
          expect(positive).toBeGreaterThanOrEqual(counts.low)
          expect(positive).toBeLessThanOrEqual(counts.high)
          expect(isOpen(counts)).toBe(true)
          for (const count of everyCount(counts)) expect(outcomes[count - possible.low]).toEqual(outcome)
          if (!isExact) continue
          told++
          const shares = new Set(everyCount(counts).map((count) => wholePercent(count, people)))
          expect(shares.size).toBe(1)
          if (hasNumber) expect(counts).toEqual({ low: positive, high: positive })
        }
      }),
      { numRuns: 300 },
    )
    expect(told).toBeGreaterThan(1_000)
  })
})
