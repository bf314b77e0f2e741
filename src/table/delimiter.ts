import { type Delimiter, delimiters } from './table.ts'
import { looked as lookedForHeadings } from './title-rows.ts'

/** The cells of a text's first rows under a delimiter, with the spaces before them if they are asked for. */
export type Split = (delimiter: Delimiter, rows: number, how?: { ltrim?: boolean }) => string[][]

/** So many rows tell what stands between the cells. */
const looked = 100

/**
 * What stands between the cells of a text: that under which most of the first rows have equally many. `none` when most rows lack it,
 * for a list of one column may hold commas in its names; a comma with a space behind it belongs to a sentence, unless there are
 * headings then. Two headings in one row outweigh everything else.
 * @param split the cells of the text's first rows under a delimiter
 * @param known how many of a row's cells are headings of such a file
 */
export function likeliestDelimiter(split: Split, known: (cells: string[]) => number = () => 0): Delimiter {
  const found = delimiters.flatMap((delimiter) => {
    const rows = split(delimiter, looked)
    const filled = rows.filter((cells) => cells.some((cell) => cell.trim() !== ''))
    if (rows.length > 0 && filled.length === 0) return [{ delimiter, weight: 1 }]
    if (delimiter === 'none') return []
    const headings = headingsOf(filled, known)
    if (headings > 1) return [{ delimiter, weight: headings + 2 }]
    return headings === 0 && delimiter === ',' && isProse(split(',', looked, { ltrim: false }))
      ? []
      : [{ delimiter, weight: weightOf(delimiter, filled) }]
  })
  const best = found.reduce((most, one) => (one.weight > most.weight ? one : most), {
    delimiter: 'none' as Delimiter,
    weight: 0,
  })
  return best.delimiter
}

/** How well a delimiter suits, from 0 where most rows lack it: the share of rows that have it, and that have it equally often. */
function weightOf(delimiter: Delimiter, rows: string[][]): number {
  // A heading may stand alone above rows with semicolons, which sentences seldom have.
  const isAlone = (delimiter === ';' || delimiter === '\t') && rows.length > 1 && rows[0]!.length === 1
  const counted = isAlone ? rows.slice(1) : rows
  const several = counted.filter(({ length }) => length > 1)
  if (several.length <= counted.length / 2) return 0
  const widths = new Map<number, number>()
  for (const { length } of several) widths.set(length, (widths.get(length) ?? 0) + 1)
  return (several.length + Math.max(...widths.values())) / counted.length
}

/** How many headings stand in one of the first rows; one alone counts where most rows below it are as wide. */
function headingsOf(rows: string[][], known: (cells: string[]) => number): number {
  const counts = rows.slice(0, lookedForHeadings + 1).map((cells, at) => {
    const below = rows.slice(at + 1)
    const isTable = below.filter(({ length }) => length === cells.length).length > below.length / 2
    const count = cells.length > 1 ? known(cells) : 0
    return count > 1 || isTable ? count : 0
  })
  return Math.max(0, ...counts)
}

function isProse(rows: string[][]): boolean {
  const behind = rows.flatMap((cells) => cells.slice(1)).filter((cell) => cell !== '')
  return behind.filter((cell) => /^\s/.test(cell)).length > behind.length / 2
}
