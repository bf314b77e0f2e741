import { twoSidedP } from './normal.ts'
import { sum } from './sum.ts'

/** How two rankings of the same people go together. `tau` from -1, always against each other, over 0 to 1, always together. */
export interface RankCorrelation {
  tau: number
  z: number
  p: number
  /** How many people were ranked in both. */
  pairs: number
}

/**
 * Kendall's tau-b of people ranked in two ways, with ties: (P - Q) / sqrt((n0 - n1)(n0 - n2)), Kendall 1945 (Biometrika 33:239).
 * `z` with the variance for ties of Kendall 1970 (Rank Correlation Methods, chapter 4), without a correction for continuity.
 * @param table how many people are in each row and column; both rise in the same sense, such as from worst to best
 * @returns `undefined` where all are in one row, or in one column
 */
export function kendallTauB(table: readonly (readonly number[])[]): RankCorrelation | undefined {
  const rows = table.map(sum)
  const columns = (table[0] ?? []).map((_, column) => sum(table.map((row) => row[column]!)))
  const pairs = sum(rows)
  const [ofAll, tiedRows, tiedColumns] = [couples(pairs), sum(rows.map(couples)), sum(columns.map(couples))]
  if (tiedRows === ofAll || tiedColumns === ofAll) return undefined

  const score = concordant(table) - concordant(table.map((row) => [...row].reverse()))
  const tau = score / Math.sqrt((ofAll - tiedRows) * (ofAll - tiedColumns))
  const z = score / Math.sqrt(varianceOf(pairs, rows, columns))
  return { tau: Math.max(-1, Math.min(1, tau)), z, p: twoSidedP(z), pairs }
}

/** P: couples of people of whom one is higher in both. */
function concordant(table: readonly (readonly number[])[]): number {
  const above = (row: number, column: number) => sum(table.slice(row + 1).map((next) => sum(next.slice(column + 1))))
  return sum(table.map((row, nth) => sum(row.map((number, column) => number * above(nth, column)))))
}

/** What P - Q varies by if the two rankings have nothing to do with each other. */
function varianceOf(pairs: number, rows: number[], columns: number[]): number {
  const of = (term: (size: number) => number) => ({ rows: sum(rows.map(term)), columns: sum(columns.map(term)) })
  const plain = (size: number) => size * (size - 1) * (2 * size + 5)
  const [ties, twos, threes] = [
    of(plain),
    of((size) => size * (size - 1)),
    of((size) => size * (size - 1) * (size - 2)),
  ]
  const untied = (plain(pairs) - ties.rows - ties.columns) / 18
  const byTwos = (twos.rows * twos.columns) / (2 * pairs * (pairs - 1))
  const byThrees = pairs < 3 ? 0 : (threes.rows * threes.columns) / (9 * pairs * (pairs - 1) * (pairs - 2))
  return untied + byTwos + byThrees
}

const couples = (size: number): number => (size * (size - 1)) / 2
