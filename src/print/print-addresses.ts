import { DomainError, type RefusalCode } from '../errors.ts'
import type { Asked } from '../memory/fair-turns.ts'
import { isCellError } from '../table/cell-error.ts'
import type { TableNote } from '../table/table.ts'
import { readTable } from '../table/table-file.ts'
import { mostLines } from './letters.ts'
import { addressesOf, addressWords, type PrintKind } from './print-order.ts'
import { unprintableLetters } from './rich-text.ts'

/** Letters that no font has, in what will stand on the paper, and the field of the form that they came in by. */
export function unprintable(
  stratum: { municipality: string; unit: string },
  kind: PrintKind,
  contact: string[],
  addresses: string[][],
) {
  if (kind === 'xlsx' || kind === 'csv') return undefined
  const isLetter = kind === 'letters'
  const fields = {
    stratum: isLetter ? [stratum.municipality, stratum.unit] : [stratum.municipality],
    contact: isLetter ? contact : [],
    addresses: isLetter ? addresses.flat() : [],
  }
  for (const [field, texts] of Object.entries(fields)) {
    const letters = unprintableLetters(texts).slice(0, 10).join(' ')
    if (letters) return { field, values: { letters } }
  }
  return undefined
}

/** The addresses of a file, if one came with letters, and how it was read; it is let go. Codes are not issued for a cell in error. */
export async function readAddresses(
  { kind, addresses }: { kind: PrintKind; addresses?: { name: string; bytes: Buffer } },
  asked: Asked,
): Promise<
  | { lines: string[][]; notes: TableNote[] }
  | { problem: string; values?: Record<string, string | number>; code?: RefusalCode }
> {
  if (kind !== 'letters' || !addresses || addresses.bytes.length === 0) return { lines: [], notes: [] }
  try {
    const table = await readTable(addresses.bytes, addresses.name, { ...asked, headings: { words: addressWords } })
    const wrong = table.rows.find(({ cells }) => cells.some(isCellError))
    if (wrong) return { problem: 'staff.print.cellError', values: { row: wrong.number } }
    const lines = addressesOf(table)
    const { address: most } = mostLines
    const long = table.rows[lines.findIndex(({ length }) => length > most)]
    if (long) return { problem: 'staff.print.addressLines', values: { row: long.number, most } }
    return lines.length === 0 ? { problem: 'staff.print.noAddresses' } : { lines, notes: table.notes }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { problem: error.messageKey, values: error.values, code: error.code }
  }
}
