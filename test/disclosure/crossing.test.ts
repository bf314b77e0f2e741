import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Crossing, possibleTogether } from '../../src/disclosure/crossing.ts'
import type { Range } from '../../src/disclosure/steps.ts'
import { sum } from '../../src/statistics/sum.ts'

/** A number and what is known of it: all, nothing, or between what it is. */
const someKnown = (number: number, most: number): fc.Arbitrary<Range> =>
  fc.oneof(
    fc.constant({ low: number, high: number }),
    fc.constant({ low: 0, high: most }),
    fc.record({ low: fc.nat(number), high: fc.integer({ min: number, max: most }) }),
  )

/** Up to three rows and three columns of small numbers, of each of which more or less is known. */
const someCrossing: fc.Arbitrary<Crossing<Range>> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(fc.nat(2), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  )
  .chain((numbers) => {
    const columns = numbers[0]!.map((_, nth) => sum(numbers.map((row) => row[nth]!)))
    return fc.record({
      total: someKnown(sum(columns), 2 * numbers.flat().length),
      columns: fc.tuple(...columns.map((number) => someKnown(number, 2 * numbers.length))),
      rows: fc.tuple(
        ...numbers.map((row) =>
          fc.record({
            total: someKnown(sum(row), 2 * row.length),
            cells: fc.tuple(...row.map((number) => someKnown(number, 2))),
          }),
        ),
      ),
    })
  })

/** All tables that fit everything that is known, one after the other. */
function* tablesOf({ total, columns, rows }: Crossing<Range>): Generator<number[][]> {
  const isIn = (number: number, { low, high }: Range) => number >= low && number <= high
  const cells = rows.flatMap((row) => row.cells)
  const width = columns.length
  function* filled(numbers: number[]): Generator<number[][]> {
    const cell = cells[numbers.length]
    if (cell) for (let number = cell.low; number <= cell.high; number++) yield* filled([...numbers, number])
    else {
      const table = rows.map((_, nth) => numbers.slice(nth * width, (nth + 1) * width))
      const fits =
        isIn(sum(numbers), total) &&
        rows.every((row, nth) => isIn(sum(table[nth]!), row.total)) &&
        columns.every((column, nth) => isIn(sum(table.map((row) => row[nth]!)), column))
      if (fits) yield table
    }
  }
  yield* filled([])
}

const rangeOf = (numbers: number[]) => ({ low: Math.min(...numbers), high: Math.max(...numbers) })

test('what is possible in a table of numbers and their sums is what trying all of them finds', () => {
  fc.assert(
    fc.property(someCrossing, (known) => {
      const tables = [...tablesOf(known)]
      expect(possibleTogether(known)).toEqual({
        total: rangeOf(tables.map((table) => sum(table.flat()))),
        columns: known.columns.map((_, nth) => rangeOf(tables.map((table) => sum(table.map((row) => row[nth]!))))),
        rows: known.rows.map(({ cells }, nth) => ({
          total: rangeOf(tables.map((table) => sum(table[nth]!))),
          cells: cells.map((_, column) => rangeOf(tables.map((table) => table[nth]![column]!))),
        })),
      })
    }),
    { numRuns: 500 },
  )
})
