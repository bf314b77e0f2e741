import { DomainError } from '../errors.ts'
import { columnLetters, guessColumns } from '../table/columns.ts'
import type { Table, TableNote } from '../table/table.ts'
import { readTable } from '../table/table-file.ts'
import { underHeadings } from '../table/title-rows.ts'

/** So many other sheets of a file are looked into. */
const mostSheets = 11

/** A column of a file that may hold addresses: nothing else of the file is kept. */
export interface AddressColumn {
  heading: string
  letters: string
  /** The sheet it stands in, where a file has several. */
  sheet?: string
  notes: TableNote[]
  rows: { row: number; text: string }[]
}

const addressHeadings = {
  address: ['e-post', 'e-postadress', 'email', 'e-mail', 'mejl', 'mejladress', 'mail', 'mailadress'],
}

/**
 * Reads a file of addresses, all of its sheets: the columns in which an @ stands, and the one that is likeliest to be meant, by its
 * heading or else the first, in the first sheet that has any.
 * @throws DomainError `invalid` with what to do
 */
export async function readAddressFile(
  bytes: Buffer,
  name: string,
  owner?: string,
): Promise<{ columns: AddressColumn[]; guess: number }> {
  const first = await readTable(bytes, name, { owner })
  const tables = [first]
  const { sheets, sheet } = 'sheets' in first.ways ? first.ways : { sheets: [], sheet: 0 }
  const others = [...sheets.keys()].filter((at) => at !== sheet).slice(0, mostSheets)
  for (const at of others) {
    const other = await readTable(bytes, name, { owner, way: { sheet: at } }).catch(unlessEmpty)
    if (other) tables.push(other)
  }
  const found = tables.map((table) => addressColumns(underHeadings(table, addressHeadings)))
  return {
    columns: found.flatMap(({ columns }) => columns),
    guess: found.find(({ columns }) => columns.length > 0)?.guess ?? 0,
  }
}

function unlessEmpty(error: unknown): undefined {
  if (!(error instanceof DomainError) || error.messageKey !== 'staff.table.refusal.empty') throw error
}

/**
 * The columns in which an @ stands, and the one that is likeliest to be meant: by its heading, or else the first. A file without
 * headings begins with an address, which then counts as a row.
 */
export function addressColumns({ header, headerRow, rows, notes, ways }: Table): {
  columns: AddressColumn[]
  guess: number
} {
  const sheet = 'sheets' in ways && ways.sheets.length > 1 ? { sheet: ways.sheets[ways.sheet]! } : {}
  const columns = header.flatMap((heading, at): AddressColumn[] => {
    const given = rows.map(({ number, cells }) => ({ row: number, text: cells[at]! })).filter(({ text }) => text !== '')
    const all = heading.includes('@') ? [{ row: headerRow, text: heading }, ...given] : given
    const isOne = all.some(({ text }) => text.includes('@'))
    const itsHeading = heading.includes('@') ? '' : heading
    return isOne ? [{ heading: itsHeading, letters: columnLetters(at), ...sheet, notes, rows: all }] : []
  })
  const { address } = guessColumns(
    columns.map(({ heading }) => heading),
    addressHeadings,
  )
  return { columns, guess: address ?? 0 }
}
