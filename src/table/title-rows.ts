import { plain } from '../text/plain.ts'
import type { Table, TableRow } from './table.ts'

/** What the columns of a file are known by: the words of each field; `byWidth` where a file may have none of them. */
export interface Headings {
  words: Record<string, string[]>
  byWidth?: boolean
}

/** So many rows below the first are looked at for the headings, and so much of each is told. */
export const looked = 10
const mostTold = 200

/**
 * The table under its headings where titles stand above them: the first of its first rows in which most cells are words that columns
 * are known by. The rows above are told in a note. Where no row has such words, the first row that is as wide as most counts instead
 * if `byWidth`; otherwise the table stays as it is.
 */
export function underHeadings(table: Table, { words, byWidth = false }: Headings): Table {
  const first = [{ number: table.headerRow, cells: table.header }, ...table.rows.slice(0, looked)]
  const known = knownOf(words)
  const scores = first.map(({ cells }) => known(cells))
  const best = Math.max(...scores)
  const at = best > 0 ? scores.indexOf(best) : byWidth ? firstWide(first) : 0
  if (at === 0) return table
  const skipped = first.slice(0, at)
  const { number: headerRow, cells: header } = first[at]!
  const told = skipped.map(({ number, cells }) => `${number}: ${cells.filter((cell) => cell !== '').join(' | ')}`)
  const note = {
    note: 'titles' as const,
    values: { count: at, row: headerRow, text: told.join(' / ').slice(0, mostTold) },
  }
  const others = table.notes.filter(({ note, values }) => note !== 'ragged' || Number(values?.row) > headerRow)
  return { ...table, header, headerRow, rows: table.rows.slice(at), notes: [...others, note] }
}

/** Counts the cells that are a word of a field and nothing else. A mere number is no heading: answers are numbers. */
export function knownOf(words: Headings['words']): (cells: string[]) => number {
  const known = new Set(Object.values(words).flat().map(plain))
  return (cells) => cells.filter((cell) => /\p{L}/u.test(cell) && known.has(plain(cell))).length
}

/** The first row with several cells, when only a few narrow ones stand above it. */
function firstWide(rows: TableRow[]): number {
  const widths = rows.map(({ cells }) => cells.filter((cell) => cell !== '').length)
  const usual = [...widths].sort((a, b) => a - b)[Math.floor(widths.length / 2)]!
  return usual < 2
    ? 0
    : Math.max(
        0,
        widths.findIndex((width) => width > 1),
      )
}
