import { readCsv } from './csv.ts'
import { fileKind } from './file-kind.ts'
import type { Table, TableLimits, Way } from './table.ts'
import { type Headings, underHeadings } from './title-rows.ts'
import { readXlsx } from './xlsx.ts'

/**
 * Reads a file of rows where it is called; `readTable` does the same on a thread of its own.
 * @param headings what the columns may be known by: then the table is the one under its headings
 * @throws DomainError `invalid` with what to do
 */
export async function parseTable(
  bytes: Buffer,
  limits: TableLimits,
  way: Way = {},
  headings?: Headings,
): Promise<Table> {
  const table =
    fileKind(bytes) === 'archive'
      ? await readXlsx(bytes, limits, way)
      : await readCsv(bytes, limits, { ...way, words: headings?.words })
  return headings ? underHeadings(table, headings) : table
}
