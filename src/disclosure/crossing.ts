import { type Range, sumOf } from './steps.ts'

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

/** Which columns, and whether the start, are on the inner side of a cut; each row and the end choose theirs. */
interface Sides {
  columns: boolean[]
  start: boolean
}

/**
 * The numbers that all which is known leaves possible, of each cell and each sum: those and no others. Something must be possible.
 *
 * What crosses is a circulation of whole numbers: each cell flows from its row to its column, the columns to one end, all of it from there
 * to one start, and from the start to the rows. A number rises by as much as can flow round it from where it ends to where it begins,
 * and that is the least of the cuts which part the two (Ford and Fulkerson 1956; with lower bounds Hoffman 1960). In a cut each row, and
 * the end, is on the cheaper side, and so only the sides of the columns and the start are tried: 2^(columns + 1).
 */
export function possibleTogether(known: Crossing<Range>): Crossing<Range> {
  if (isOpenAcross(known)) return possibleByRows(known)
  const width = known.columns.length
  const cuts = cutsOf([...known.rows.flatMap(({ total, cells }) => [total, ...cells]), ...known.columns, known.total])
  for (let inner = 0; inner < 2 ** width; inner++) {
    const columns = known.columns.map((_, nth) => Boolean(inner & (1 << nth)))
    for (const start of [false, true]) cut(cuts, { columns, start })
  }
  const at = (nth: number): Range => ({ low: 0 - cuts.least[nth * 2 + 1]!, high: cuts.least[nth * 2]! })
  const behind = known.rows.length * (width + 1)
  return {
    total: at(behind + width),
    columns: known.columns.map((_, nth) => at(behind + nth)),
    rows: known.rows.map(({ cells }, row) => ({
      total: at(row * (width + 1)),
      cells: cells.map((_, nth) => at(row * (width + 1) + 1 + nth)),
    })),
  }
}

/**
 * Of each number in turn how far it can rise from nothing, and how far it can fall: by itself, and by the cuts so far. First the rows, each its
 * total and then its cells; then the columns, and all together. A nation has two thousand of them, and they are cut 128 ways a dozen times.
 */
interface Cuts {
  alone: Float64Array
  least: Float64Array
}

function cutsOf(known: Range[]): Cuts {
  const alone = Float64Array.from(known.flatMap(({ low, high }) => [high, -low]))
  return { alone, least: alone.slice() }
}

/** Whether nothing is known of the columns and of all together, so that each row is a sum of its own. */
function isOpenAcross({ total, columns, rows }: Crossing<Range>): boolean {
  const isFree = (known: Range, parts: Range[]) => {
    const all = sumOf(parts)
    return known.low <= all.low && known.high >= all.high
  }
  return (
    isFree(total, columns) &&
    columns.every((column, nth) =>
      isFree(
        column,
        rows.map(({ cells }) => cells[nth]!),
      ),
    )
  )
}

function possibleByRows({ rows: known, columns }: Crossing<Range>): Crossing<Range> {
  const rows = known.map(possibleInRow)
  return {
    total: sumOf(rows.map(({ total }) => total)),
    columns: columns.map((_, nth) => sumOf(rows.map(({ cells }) => cells[nth]!))),
    rows,
  }
}

function possibleInRow({ total, cells }: Row<Range>): Row<Range> {
  const all = sumOf(cells)
  return {
    total: { low: Math.max(total.low, all.low), high: Math.min(total.high, all.high) },
    cells: cells.map((cell) => possibleBeside(cell, { low: all.low - cell.low, high: all.high - cell.high }, total)),
  }
}

/** What is possible of a part of a sum, beside its other parts. */
export const possibleBeside = (part: Range, others: Range, sum: Range): Range => ({
  low: Math.max(part.low, sum.low - others.high),
  high: Math.min(part.high, sum.high - others.low),
})

/** Lets the cuts with these sides hold back all numbers that cross them. */
function cut(cuts: Cuts, { columns, start }: Sides): void {
  const width = columns.length
  const behind = cuts.alone.length / 2 - width - 1
  const [inner, outer] = [new Float64Array(behind / (width + 1)), new Float64Array(behind / (width + 1))]
  let ofRows = 0
  for (let row = 0; row < inner.length; row++) {
    inner[row] = throughRow(cuts, row, columns, start, true)
    outer[row] = throughRow(cuts, row, columns, start, false)
    ofRows += Math.min(inner[row]!, outer[row]!)
  }

  const leasts = [false, true].map((end) => {
    let least = ofRows + through(cuts, behind + width, end, start)
    for (let nth = 0; nth < width; nth++) least += through(cuts, behind + nth, columns[nth]!, end)
    hold(cuts, behind + width, end, start, least)
    for (let nth = 0; nth < width; nth++) hold(cuts, behind + nth, columns[nth]!, end, least)
    return least
  })
  const least = Math.min(...leasts)
  for (let row = 0; row < inner.length; row++) {
    const others = least - Math.min(inner[row]!, outer[row]!)
    holdRow(cuts, row, columns, start, true, others + inner[row]!)
    holdRow(cuts, row, columns, start, false, others + outer[row]!)
  }
}

function throughRow(cuts: Cuts, row: number, columns: boolean[], start: boolean, isInner: boolean): number {
  const first = row * (columns.length + 1)
  let sum = through(cuts, first, start, isInner)
  for (let nth = 0; nth < columns.length; nth++) sum += through(cuts, first + 1 + nth, isInner, columns[nth]!)
  return sum
}

function holdRow(cuts: Cuts, row: number, columns: boolean[], start: boolean, isInner: boolean, least: number): void {
  const first = row * (columns.length + 1)
  hold(cuts, first, start, isInner, least)
  for (let nth = 0; nth < columns.length; nth++) hold(cuts, first + 1 + nth, isInner, columns[nth]!, least)
}

/** What a number from one side to another lets through, from the inner to the outer: more of it, or less of it where it comes in. */
const through = ({ alone }: Cuts, nth: number, isFromInner: boolean, isToInner: boolean) =>
  isFromInner === isToInner ? 0 : alone[nth * 2 + (isFromInner ? 0 : 1)]!

/** What goes round a number goes through the rest of a cut that it crosses. */
function hold({ alone, least }: Cuts, nth: number, isFromInner: boolean, isToInner: boolean, ofCut: number): void {
  if (isFromInner === isToInner) return
  const [its, other] = isToInner ? [nth * 2, nth * 2 + 1] : [nth * 2 + 1, nth * 2]
  least[its] = Math.min(least[its]!, ofCut - alone[other]!)
}
