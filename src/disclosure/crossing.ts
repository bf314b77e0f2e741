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

/** Which columns, and whether the start, are on the inner side of a cut; each row and the end choose theirs. */
interface Sides {
  columns: boolean[]
  start: boolean
}

/**
 * The numbers that all which is known leaves possible, of each cell and each sum: those and no others.
 *
 * What crosses is a circulation of whole numbers: each cell flows from its row to its column, the columns to one end, all of it from there
 * to one start, and from the start to the rows. A number rises by as much as can flow round it from where it ends to where it begins,
 * and that is the least of the cuts which part the two (Ford and Fulkerson 1956; with lower bounds Hoffman 1960). In a cut each row, and
 * the end, is on the cheaper side, and so only the sides of the columns and the start are tried: 2^(columns + 1).
 */
export function possibleTogether(known: Crossing<Bounded>): Crossing<Range> {
  const arcs = mapCrossing(known, ({ number, low, high }): Arc => {
    const alone = { rise: high - number, fall: number - low }
    return { number, ...alone, together: { ...alone } }
  })
  for (let inner = 0; inner < 2 ** known.columns.length; inner++) {
    const columns = known.columns.map((_, nth) => Boolean(inner & (1 << nth)))
    for (const start of [false, true]) cut(arcs, { columns, start })
  }
  return mapCrossing(arcs, ({ number, together }) => ({ low: number - together.fall, high: number + together.rise }))
}

const mapCrossing = <T, U>({ total, columns, rows }: Crossing<T>, change: (one: T) => U): Crossing<U> => ({
  total: change(total),
  columns: columns.map(change),
  rows: rows.map((row) => ({ total: change(row.total), cells: row.cells.map(change) })),
})

/** Lets the cuts with these sides hold back all numbers that cross them. */
function cut({ total, columns, rows }: Crossing<Arc>, sides: Sides): void {
  const inner = rows.map((row) => throughRow(row, sides, true))
  const outer = rows.map((row) => throughRow(row, sides, false))
  let ofRows = 0
  for (let nth = 0; nth < rows.length; nth++) ofRows += Math.min(inner[nth]!, outer[nth]!)

  const leasts = [false, true].map((end) => {
    let least = ofRows + through(total, end, sides.start)
    for (const [nth, column] of columns.entries()) least += through(column, sides.columns[nth]!, end)
    hold(total, end, sides.start, least)
    for (const [nth, column] of columns.entries()) hold(column, sides.columns[nth]!, end, least)
    return least
  })
  const least = Math.min(...leasts)
  for (let nth = 0; nth < rows.length; nth++) {
    const others = least - Math.min(inner[nth]!, outer[nth]!)
    holdRow(rows[nth]!, sides, true, others + inner[nth]!)
    holdRow(rows[nth]!, sides, false, others + outer[nth]!)
  }
}

function throughRow({ total, cells }: Row<Arc>, { columns, start }: Sides, isInner: boolean): number {
  let sum = through(total, start, isInner)
  for (let nth = 0; nth < cells.length; nth++) sum += through(cells[nth]!, isInner, columns[nth]!)
  return sum
}

function holdRow({ total, cells }: Row<Arc>, { columns, start }: Sides, isInner: boolean, least: number): void {
  hold(total, start, isInner, least)
  for (let nth = 0; nth < cells.length; nth++) hold(cells[nth]!, isInner, columns[nth]!, least)
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
