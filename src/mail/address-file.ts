import { columnLetters, guessColumns } from '../table/columns.ts'
import type { Table } from '../table/table.ts'

/** A column of a file that may hold addresses: nothing else of the file is kept. */
export interface AddressColumn {
  heading: string
  letters: string
  rows: { row: number; text: string }[]
}

const words = { address: ['e-post', 'e-postadress', 'email', 'e-mail', 'mejl', 'mejladress', 'mail', 'mailadress'] }

/**
 * The columns in which an @ stands, and the one that is likeliest to be meant: by its heading, or else the first. A file without
 * headings begins with an address, which then counts as a row.
 */
export function addressColumns({ header, rows }: Table): { columns: AddressColumn[]; guess: number } {
  const columns = header.flatMap((heading, at) => {
    const given = rows.map(({ number, cells }) => ({ row: number, text: cells[at]! })).filter(({ text }) => text !== '')
    const all = heading.includes('@') ? [{ row: 1, text: heading }, ...given] : given
    const isOne = all.some(({ text }) => text.includes('@'))
    return isOne ? [{ heading: heading.includes('@') ? '' : heading, letters: columnLetters(at), rows: all }] : []
  })
  const { address } = guessColumns(
    columns.map(({ heading }) => heading),
    words,
  )
  return { columns, guess: address ?? 0 }
}
