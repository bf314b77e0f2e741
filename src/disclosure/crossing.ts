import type { Range } from './steps.ts'

/** A number, and between what it can be as far as is known of it alone. */
export interface Bounded extends Range {
  number: number
}

/** Numbers in rows and columns, with the sums of both, and the sum of all. */
export interface Crossing<T> {
  total: T
  columns: T[]
  rows: Row<T>[]
}

interface Row<T> {
  total: T
  cells: T[]
}

/** A number, how far it can rise and fall by itself, and how far where the others have to give way. */
interface Arc {
  number: number
  rise: number
  fall: number
  together: { rise: number; fall: number }
}

/** Which nodes are on the inner side of a cut; rows choose. */
interface Sides {
  columns: boolean[]
  end: boolean
  start: boolean
}

/**
 * The numbers that all which is known leaves possible, of each cell and each sum: those and no others.
 *
 * What crosses is a circulation of whole numbers: each cell flows from its row to its column, the columns to one end, all of it from there
 * to one start, and from the start to the rows. A number rises by as much as can flow round it from where it ends to where it begins,
 * and that is the least of the cuts which part the two (Ford and Fulkerson 1956; with lower bounds Hoffman 1960). In a cut each row is
 * on the cheaper side, and so only the sides of the columns, the end and the start are tried: 2^(columns + 2).
 */
export function possibleTogether(known: Crossing<Bounded>): Crossing<Range> {
  const arcs = mapCrossing(known, ({ number, low, high }): Arc => {
    const alone = { rise: high - number, fall: number - low }
    return { number, ...alone, together: { ...alone } }
  })
  for (let inner = 0; inner < 2 ** known.columns.length; inner++) {
    const columns = known.columns.map((_, nth) => Boolean(inner & (1 << nth)))
    for (const end of [false, true]) for (const start of [false, true]) cut(arcs, { columns, end, start })
  }
  return mapCrossing(arcs, ({ number, together }) => ({ low: number - together.fall, high: number + together.rise }))
}

const mapCrossing = <T, U>({ total, columns, rows }: Crossing<T>, change: (one: T) => U): Crossing<U> => ({
  total: change(total),
  columns: columns.map(change),
  rows: rows.map((row) => ({ total: change(row.total), cells: row.cells.map(change) })),
})

/** Lets one cut hold back all numbers that cross it. */
function cut({ total, columns, rows }: Crossing<Arc>, sides: Sides): void {
  const { columns: isInner, end, start } = sides
  const ofRows = rows.map((row) => ({ row, inner: throughRow(row, sides, true), outer: throughRow(row, sides, false) }))
  let least = through(total, end, start)
  for (const [nth, column] of columns.entries()) least += through(column, isInner[nth]!, end)
  for (const { inner, outer } of ofRows) least += Math.min(inner, outer)

  hold(total, end, start, least)
  for (const [nth, column] of columns.entries()) hold(column, isInner[nth]!, end, least)
  for (const { row, inner, outer } of ofRows) {
    const others = least - Math.min(inner, outer)
    holdRow(row, sides, true, others + inner)
    holdRow(row, sides, false, others + outer)
  }
}

function throughRow({ total, cells }: Row<Arc>, { columns, start }: Sides, isInner: boolean): number {
  let sum = through(total, start, isInner)
  for (const [nth, cell] of cells.entries()) sum += through(cell, isInner, columns[nth]!)
  return sum
}

function holdRow({ total, cells }: Row<Arc>, { columns, start }: Sides, isInner: boolean, least: number): void {
  hold(total, start, isInner, least)
  for (const [nth, cell] of cells.entries()) hold(cell, isInner, columns[nth]!, least)
}

/** What an arc from one side to another lets through, from the inner to the outer: more of it, or less of it where it comes in. */
const through = ({ rise, fall }: Arc, isFromInner: boolean, isToInner: boolean) =>
  isFromInner === isToInner ? 0 : isFromInner ? rise : fall

/** What goes round an arc goes through the rest of a cut that it crosses. */
function hold(arc: Arc, isFromInner: boolean, isToInner: boolean, least: number): void {
  if (isFromInner === isToInner) return
  const { together, rise, fall } = arc
  if (isToInner) together.rise = Math.min(together.rise, least - fall)
  else together.fall = Math.min(together.fall, least - rise)
}
