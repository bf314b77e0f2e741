import { collectTable, type Table, type TableLimits, tableRefusal } from './table.ts'
import { unpackFirstSheet } from './xlsx-archive.ts'

/** Excel keeps 15 digits; the 17 that stand in the file are the nearest that a computer can count with. */
const plainNumbers = new Intl.NumberFormat('en', { useGrouping: false, maximumSignificantDigits: 15 })

/**
 * Reads the first sheet of an Excel file. Numbers come as Excel keeps them, with a point and never as 1E+5; days as
 * 2026-03-01, with a time 2026-03-01 14:30, times alone as 14:30; formulas as what they gave; TRUE and FALSE as such.
 * @throws DomainError `invalid` for what is no such file, is damaged or is beyond a limit
 */
export async function readXlsx(bytes: Buffer, limits: TableLimits): Promise<Table> {
  const { readSheet } = await import('read-excel-file/node')
  const { archive, place, hasMerged, hasOthers } = unpackFirstSheet(bytes, limits)
  const rows = await readSheet(archive, place, { parseNumber: plainNumber, trim: false }).catch((error) => {
    throw tableRefusal('damaged', {}, error)
  })
  const collected = collectTable(limits)
  rows.forEach((cells, index) => {
    collected.add(index + 1, cells.map(textOf))
  })
  return collected.table([...(hasMerged ? ['merged' as const] : []), ...(hasOthers ? ['otherSheets' as const] : [])])
}

/** A number of the file as plain text without an exponent. */
export function plainNumber(written: string): string {
  if (/^-?(?:0|[1-9]\d{0,14})$/.test(written) && written !== '-0') return written
  const number = Number(written)
  if (!Number.isFinite(number)) return written
  return number === 0 ? '0' : plainNumbers.format(number)
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return dateText(cell)
  return typeof cell === 'boolean' ? String(cell).toUpperCase() : String(cell)
}

/** Excel's days begin with 1900; a time alone is one of the day before. What it cannot show it shows as #####. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '#####'
  const [day, clock] = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().split('T')
  const time = clock!.slice(0, 8).replace(/:00$/, '')
  if (day! < '1900-01-01') return time
  return time === '00:00' ? day! : `${day} ${time}`
}
