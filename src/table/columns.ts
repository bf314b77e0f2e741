import { plain } from '../text/plain.ts'
import type { Table, TableNote } from './table.ts'

/** The column (from 0) in which each field stands; a field without one is empty in every row. */
export type ColumnMapping<Field extends string> = Partial<Record<Field, number>>

/**
 * Guesses by its heading in which column each field stands. Case, accents, spaces and punctuation make no difference.
 * A heading that is one of a field's words wins over one that only begins with one; a column is taken once, by the
 * field that comes first. Fields that no heading fits are left out, for a person to choose.
 */
export function guessColumns<Field extends string>(
  header: string[],
  words: Record<Field, string[]>,
): ColumnMapping<Field> {
  const headings = header.map(plain)
  const mapping: ColumnMapping<Field> = {}
  const taken = new Set<number>()
  const ways = [
    (heading: string, word: string) => heading === word,
    (heading: string, word: string) => word.length >= 3 && heading.startsWith(word),
  ]
  for (const suits of ways) {
    for (const [field, itsWords] of Object.entries<string[]>(words) as [Field, string[]][]) {
      if (mapping[field] !== undefined) continue
      const known = itsWords.map(plain).filter((word) => word !== '')
      const column = headings.findIndex((heading, at) => !taken.has(at) && known.some((word) => suits(heading, word)))
      if (column < 0) continue
      mapping[field] = column
      taken.add(column)
    }
  }
  return mapping
}

/** Says which columns of a table are not used, though something stands in them: a note, or none. */
export function unusedColumns(
  { header, rows }: Pick<Table, 'header' | 'rows'>,
  used: (number | undefined)[],
): TableNote[] {
  const unused = [...header.keys()].filter(
    (at) => !used.includes(at) && (header[at] !== '' || rows.some(({ cells }) => cells[at] !== '')),
  )
  if (unused.length === 0) return []
  const named = unused.slice(0, mostNamed).map((at) => `${columnLetters(at)} ${header[at]!.slice(0, 40)}`.trim())
  const columns = named.join(', ') + (unused.length > mostNamed ? ' …' : '')
  return [{ note: 'unusedColumns', values: { count: unused.length, columns } }]
}

const mostNamed = 20

/** A column's name in Excel: 0 is A, 26 is AA. */
export function columnLetters(column: number): string {
  const before = column < 26 ? '' : columnLetters(Math.floor(column / 26) - 1)
  return before + String.fromCharCode(65 + (column % 26))
}
