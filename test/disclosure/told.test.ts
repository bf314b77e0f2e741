import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cellOf,
  exactly,
  leavesOpen,
  possibleIn,
  type Range,
  reachOf,
  stepOf,
  sumOf,
  widthOfSum,
} from '../../src/disclosure/steps.ts'
import { nothingTold, type Told, tellAnew, tellSumAnew } from '../../src/disclosure/told.ts'

describe('a number of people who answered', () => {
  test.each([
    [0, 0, 4],
    [4, 0, 4],
    [5, 5, 9],
    [19, 15, 19],
    [20, 20, 24],
    [49, 45, 49],
    [50, 50, 59],
    [731, 730, 739],
  ])('%d is told as %d to %d', (number, low, high) => {
    expect(stepOf(number)).toEqual({ low, high })
  })
})

/** What is told on each of some nights, of the numbers on them. */
function nights(numbers: number[], most?: number): Told[] {
  const told: Told[] = []
  for (const number of numbers) told.push(tellAnew(told.at(-1), number, most))
  return told
}
const shown = (told: Told[]) => told.map(({ low, high }) => `${low}-${high}`)

describe('from night to night', () => {
  test('a step is left two beyond its border, and not before five have come since it was reached', () => {
    expect(shown(nights([4, 5, 6, 9, 10, 11, 14, 15, 16]))).toEqual([
      ...['0-4', '0-4', '5-9', '5-9', '5-9', '10-14', '10-14', '10-14', '15-19'],
    ])
    expect(shown(nights([9, 11, 13, 14]))).toEqual(['5-9', '5-9', '5-9', '10-14'])
    expect(shown(nights([10, 14, 15, 20]))).toEqual(['5-9', '5-9', '10-14', '15-19'])
  })

  test('what is thought possible of a step is just what is told as it', () => {
    const numbers = Array.from({ length: 200 }, (_, number) => number)
    for (const step of new Set(numbers.slice(0, 150).map((number) => JSON.stringify(stepOf(number))))) {
      const { low, high } = JSON.parse(step) as Range
      const told = numbers.filter((number) => tellAnew(undefined, number).low === low)
      const most = low === 0 ? 8 : told.at(-1)!
      expect([low, possibleIn({ low, high })]).toEqual([low, { low: told[0], high: most }])
    }
    expect(tellAnew(undefined, 8, 8)).toMatchObject({ low: 0, high: 4 }) // where staff say that eight codes went out
  })

  test('the same downward, when a bundle is taken back', () => {
    expect(nights([21, 19, 18]).at(-1)).toMatchObject({ low: 20 })
    expect(nights([21, 15]).at(-1)).toMatchObject({ low: 15 })
  })

  test('nobody can see whether all of few codes were used', () => {
    for (const most of [1, 5, 6, 8]) expect(nights([most], most).at(-1)).toMatchObject({ low: 0, high: 4 })
    expect(nights([11], 11).at(-1)).toMatchObject({ low: 5, high: 9 })
    expect(nights([11], 14).at(-1)).toMatchObject({ low: 10, high: 14 })
  })

  test('a step that was held back waits for five answers more, not for more codes: nobody sees it come by printing some', () => {
    const held = tellAnew(undefined, 6, 6)
    expect([7, 10, 11].map((number) => tellAnew(held, number, 100).low)).toEqual([0, 0, 10])
  })

  test('no single answer moves a step, whatever came before, unless four others did since it moved', () => {
    const days = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 60, size: 'max' })
    fc.assert(
      fc.property(days, (came) => {
        let [number, told] = [0, nothingTold]
        for (const more of came) {
          number += more
          const next = tellAnew(told, number)
          const isSeen = next !== told && number - told.moved < 5
          expect([isSeen, number >= next.low, number <= next.high + 5]).toEqual([false, true, true])
          told = next
        }
      }),
      { numRuns: 300 },
    )
  })
})

/** What is told of a stratum, and how many of its codes went out, as staff say. */
const part = fc
  .record({ number: fc.integer({ min: 0, max: 90 }), said: fc.integer({ min: 0, max: 100 }) })
  .map(({ number, said }) => ({ ...stepOf(number), reach: reachOf(stepOf(number), said), said }))
const parts = fc.array(part, { minLength: 1, maxLength: 80, size: 'max' })

/**
 * Whether every number of every part is possible in a sum of this range, to somebody who knows of each other part of which the first
 * step is told that nobody has answered. Nine steps of ten people are left two behind them; up to eight people can be of the first.
 */
function tellsNothing(ranges: Range[], sum: Range): boolean {
  const most = ranges.map(({ low, high }) => (low === 0 ? 8 : high + 1))
  const [least, sure] = [ranges.map(leastOf), ranges.map(sureOf)]
  const [lowest, highest] = [all(least), all(sure)]
  return ranges.every(
    (_, index) =>
      least[index]! + highest - sure[index]! >= sum.low && most[index]! + lowest - least[index]! <= sum.high,
  )
}

const leastOf = ({ low }: Range) => (low === 0 ? 0 : low + 1)
const sureOf = ({ low, high }: Range) => (low === 0 ? 0 : high + 1)
const all = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

describe('a sum', () => {
  test('tells of none of its parts more than their steps do, in any of its cells, whatever staff say of codes', () => {
    let fine = 0
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 8_000 }), (ranges, number) => {
        const cell = cellOf(number, ranges, { width: widthOfSum(sumOf(ranges).high) })
        const plain = sumOf(ranges)
        const isPlain = cell.low === plain.low && cell.high === plain.high
        if (!isPlain) fine++
        const low = cell.low > plain.low ? cell.low + 1 : cell.low // a cell is come to from one behind its border on
        expect(isPlain || tellsNothing(ranges, { low, high: cell.high })).toBe(true)
      }),
      { numRuns: 2_000 },
    )
    expect(fine).toBeGreaterThan(600)
  })

  test('is told no finer where staff say that fewer codes went out', () => {
    fc.assert(
      fc.property(
        parts,
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 80, maxLength: 80 }),
        (ranges, said) => {
          const cells = { width: widthOfSum(sumOf(ranges).high) }
          const fewer = ranges.map((part, nth) => ({ ...part, reach: reachOf(part, Math.min(part.said, said[nth]!)) }))
          const { low, high } = sumOf(ranges)
          for (let number = low; number <= high; ) {
            const [cell, wider] = [cellOf(number, ranges, cells), cellOf(number, fewer, cells)]
            const end = Math.min(cell.high, high) // the last cell may end behind the sum of what is told
            expect(wider.low <= cell.low && wider.high >= end).toBe(true)
            number = cell.high + 1
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  test('cannot be made fine by adding parts of which nothing is told', () => {
    for (const number of [7, 12, 40]) {
      const added = Array.from({ length: number }, () => stepOf(0))
      const three = [stepOf(7), stepOf(7), stepOf(7)]
      for (const answered of [18, 24, 27, 30])
        expect(tellSumAnew(undefined, answered, [...three, ...added])).toMatchObject({ low: 15, high: 27 + 4 * number })
    }
  })

  test('is told in cells that do not depend on the number, so that their width says nothing', () => {
    fc.assert(
      fc.property(parts, (ranges) => {
        const cells = { width: widthOfSum(sumOf(ranges).high) }
        const { low, high } = sumOf(ranges)
        for (let number = low; number <= high; ) {
          const cell = cellOf(number, ranges, cells)
          expect(cell.low).toBe(number)
          expect(cellOf(cell.high, ranges, cells)).toEqual(cell)
          number = cell.high + 1
        }
      }),
      { numRuns: 300 },
    )
  })

  test('is narrow where many hide among each other, and no narrower than its parts where few do', () => {
    const fives = Array.from({ length: 30 }, () => stepOf(7))
    expect(tellSumAnew(undefined, 210, fives)).toMatchObject({ low: 210, high: 219 })
    expect(tellSumAnew(undefined, 7, [stepOf(7)])).toMatchObject({ low: 5, high: 9 })
    expect(tellSumAnew(undefined, 9, [stepOf(7), stepOf(2)])).toMatchObject({ low: 5, high: 13 })
  })

  test('that is told of its parts another time leaves the others ten times the room at both ends', () => {
    const fives = Array.from({ length: 60 }, () => stepOf(7))
    const [once, again] = [1, 10].map((spare) =>
      [370, 450, 590].map((number) => tellSumAnew(undefined, number, fives, spare)),
    )
    expect(once).toMatchObject([
      { low: 300, high: 379 },
      { low: 440, high: 459 },
      { low: 580, high: 599 },
    ])
    expect(again).toMatchObject([
      { low: 300, high: 419 },
      { low: 440, high: 459 },
      { low: 540, high: 559 },
    ])
  })

  test.each([
    [50, 5],
    [51, 10],
    [500, 10],
    [501, 20],
    [2_000, 20],
    [2_001, 100],
  ])('that can be %d has cells of %d', (high, width) => {
    expect(widthOfSum(high)).toBe(width)
  })

  test('moves by no single answer, whatever came before, unless four others did since it moved', () => {
    const days = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 60, size: 'max' })
    fc.assert(
      fc.property(fc.array(part, { minLength: 4, maxLength: 30, size: 'max' }), days, (ranges, came) => {
        let number = sumOf(ranges).low
        let told = tellSumAnew(undefined, number, ranges)
        for (const more of came) {
          number += more
          const next = tellSumAnew(told, number, ranges)
          const isMoved = next.low !== told.low || next.high !== told.high
          if (isMoved) expect(number - told.moved).toBeGreaterThanOrEqual(5)
          if (isMoved) expect(number).toBeGreaterThanOrEqual(Math.min(told.high + 2, next.low))
          told = next
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('in two lists, as channels and strata are, leaves each number of each open, or is not told so', () => {
    let open = 0
    const strata = fc.array(fc.nat(30), { minLength: 6, maxLength: 6 })
    const channels = fc.array(strata, { minLength: 2, maxLength: 5, size: 'max' })
    fc.assert(
      fc.property(channels, (numbers) => {
        const ones = numbers.map((its) => stepOf(all(its)))
        const others = numbers[0]!.map((_, nth) => stepOf(all(numbers.map((its) => its[nth]!))))
        if (!leavesOpen(ones, others)) return
        open++
        for (const [these, those] of [
          [ones, others],
          [others, ones],
        ] as const)
          expect(tellsNothing(these, { low: all(those.map(leastOf)), high: all(those.map(sureOf)) })).toBe(true)
      }),
      { numRuns: 500 },
    )
    expect(open).toBeGreaterThan(20)
  })

  test('and it would be noticed if it were told plainly', () => {
    expect(tellsNothing([stepOf(0), stepOf(0)], exactly(8))).toBe(false)
    expect(tellsNothing([stepOf(0), stepOf(0)], { low: 6, high: 8 })).toBe(false)
  })
})
