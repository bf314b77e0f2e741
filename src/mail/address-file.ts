import { DomainError } from '../errors.ts'
import type { Asked } from '../memory/fair-turns.ts'
import { columnLetters, guessColumns } from '../table/columns.ts'
import { beginningOf, type ReadTable } from '../table/how-read.ts'
import type { Table, TableRow, Way } from '../table/table.ts'
import { readTable } from '../table/table-file.ts'
import { knownOf } from '../table/title-rows.ts'
import { addressHeadings, besideThem } from './address-headings.ts'

/** So many other sheets of a file are looked into. */
const mostSheets = 11

/** A column of a file that may hold addresses, or all of a table's together, and the first rows of the table. */
export interface AddressColumn {
  heading: string
  /** Of all: `A, B, C`. */
  letters: string
  isAll?: true
  /** The sheet it stands in, where a file has several. */
  sheet?: string
  table: ReadTable
  rows: { row: number; text: string }[]
}

const headingsIn = knownOf(addressHeadings)
const headings = { words: { ...addressHeadings, beside: besideThem } }

/**
 * Reads a file of addresses, all of its sheets: the columns in which an @ stands, and the one that is likeliest to be meant, in the
 * first sheet with a heading for addresses or else the first that has any.
 * @param options.way how a person wants it read
 * @throws DomainError `invalid` with what to do
 */
export async function readAddressFile(
  bytes: Buffer,
  name: string,
  { way, ...asked }: Asked & { way?: Way } = {},
): Promise<{ columns: AddressColumn[]; guess: number }> {
  const first = await readTable(bytes, name, { ...asked, way, headings })
  const tables = [first]
  const { sheets, sheet } = 'sheets' in first.ways ? first.ways : { sheets: [], sheet: 0 }
  const others = [...sheets.keys()].filter((at) => at !== sheet).slice(0, mostSheets)
  for (const at of others) {
    const other = await readTable(bytes, name, { ...asked, way: { sheet: at }, headings }).catch(unlessEmpty)
    if (other) tables.push(other)
  }
  const found = tables.map(addressColumns).filter(({ columns }) => columns.length > 0)
  const best = found.find(({ isSure }) => isSure) ?? found[0]
  const before = found.slice(0, best ? found.indexOf(best) : 0).flatMap(({ columns }) => columns)
  return { columns: found.flatMap(({ columns }) => columns), guess: before.length + (best?.guess ?? 0) }
}

function unlessEmpty(error: unknown): undefined {
  if (!(error instanceof DomainError) || error.messageKey !== 'staff.table.refusal.empty') throw error
}

/**
 * The columns in which an @ stands, all of them together where there are several, and which is likeliest to be meant: the one under a
 * heading for addresses (`isSure`); all where the file begins with an address, which then counts as a row; or else the first.
 */
function addressColumns(table: Table): { columns: AddressColumn[]; guess: number; isSure: boolean } {
  const { header, headerRow, rows, ways } = table
  const hasAddress = header.some((heading) => heading.includes('@'))
  const isBare = hasAddress && headingsIn(header) === 0
  const isHeading = (cell: string) => !isBare && !cell.includes('@')
  const headings = header.map((cell) => (isHeading(cell) ? cell : ''))
  const first = { number: headerRow, cells: header.map((cell) => (isHeading(cell) ? '' : cell)) }
  const all = hasAddress ? [first, ...rows] : rows
  const places = [...header.keys()].filter((at) => all.some(({ cells }) => cells[at]!.includes('@')))
  const sheet = 'sheets' in ways && ways.sheets.length > 1 ? { sheet: ways.sheets[ways.sheet]! } : {}
  const read = { ...sheet, table: beginningOf(table) }
  const columns = places.map((at): AddressColumn => {
    return { heading: headings[at]!, letters: columnLetters(at), ...read, rows: rowsOf(all, [at]) }
  })
  const { address } = guessColumns(
    columns.map(({ heading }) => heading),
    addressHeadings,
  )
  const guess = address ?? (isBare && places.length > 1 ? places.length : 0)
  const letters = places.map(columnLetters).join(', ')
  if (places.length > 1) columns.push({ heading: '', letters, isAll: true, ...read, rows: rowsOf(all, places) })
  return { columns, guess, isSure: address !== undefined }
}

/** What stands in some columns of each row, each cell on a line. */
function rowsOf(rows: TableRow[], places: number[]): AddressColumn['rows'] {
  const joined = rows.map(({ number, cells }) => ({ row: number, cells: places.map((at) => cells[at]!) }))
  return joined
    .map(({ row, cells }) => ({ row, text: cells.filter((cell) => cell !== '').join('\n') }))
    .filter(({ text }) => text !== '')
}

/** The cells with an @ of the other columns of the same table. */
export function elsewhere(columns: AddressColumn[], { table, isAll, letters }: AddressColumn): AddressColumn['rows'] {
  if (isAll) return []
  return columns
    .filter((other) => other.table === table && !other.isAll && other.letters !== letters)
    .flatMap(({ rows }) => rows.filter(({ text }) => text.includes('@')))
}
