import type { DomainError } from '../errors.ts'
import { cleanText } from './clean-text.ts'
import { columnLetters } from './columns.ts'
import { collectTable, type Table, type TableLimits, type TableNote, tableRefusal, type Way } from './table.ts'
import { type UnpackedSheet, unpackSheet } from './xlsx-archive.ts'

/** Excel keeps 15 digits; the 17 that stand in the file are the nearest that a computer can count with. */
const plainNumbers = new Intl.NumberFormat('en', { useGrouping: false, maximumSignificantDigits: 15 })

/**
 * Reads one sheet of an Excel file, the first that is not hidden or the one at `sheet` among those. Numbers come as Excel keeps them,
 * with a point and never as 1E+5; days as 2026-03-01, with a time 2026-03-01 14:30, times alone as 14:30; formulas as what they gave,
 * errors as Excel writes them; TRUE and FALSE as such. Hidden rows are left out and counted.
 * @throws DomainError `invalid` for what is no such file, is damaged or is beyond a limit
 */
export async function readXlsx(bytes: Buffer, limits: TableLimits, { sheet }: Way = {}): Promise<Table> {
  for (let at = sheet ?? 0; ; at++) {
    const unpacked = unpackSheet(bytes, limits, at)
    const mayBeEmpty = sheet === undefined && at + 1 < unpacked.names.length
    try {
      return await readUnpacked(unpacked, limits)
    } catch (error) {
      if (!mayBeEmpty || (error as DomainError).messageKey !== 'staff.table.refusal.empty') throw error
    }
  }
}

async function readUnpacked(unpacked: UnpackedSheet, limits: TableLimits): Promise<Table> {
  const { readSheet } = await import('read-excel-file/node')
  const { archive, chosen, hiddenRows } = unpacked
  const rows = await readSheet(archive, 1, { parseNumber: plainNumber, trim: false }).catch((error) => {
    throw tableRefusal('damaged', {}, error)
  })
  const collected = collectTable(limits)
  let hidden = 0
  rows.forEach((cells, index) => {
    const texts = cells.map(textOf)
    if (!hiddenRows.has(index + 1)) collected.add(index + 1, texts)
    else if (texts.some((text) => cleanText(text) !== '')) hidden++
  })
  const sheets = unpacked.names.map((name) => cleanText(name).slice(0, 40))
  return collected.table({ notes: notesOn(unpacked, sheets, hidden), ways: { sheets, sheet: chosen } })
}

function notesOn(
  { chosen, hasMerged, hiddenColumns, unsaved }: UnpackedSheet,
  sheets: string[],
  hidden: number,
): TableNote[] {
  const others = sheets.filter((_, at) => at !== chosen).join(', ')
  const letters = hiddenColumns.map(columnLetters).join(', ')
  const notes: [boolean, TableNote][] = [
    [hasMerged, { note: 'merged' }],
    [others !== '', { note: 'otherSheets', values: { sheet: sheets[chosen]!, others } }],
    [hidden > 0, { note: 'hiddenRows', values: { count: hidden } }],
    [letters !== '', { note: 'hiddenColumns', values: { letters } }],
    [unsaved > 0, { note: 'unsaved', values: { count: unsaved } }],
  ]
  return notes.flatMap(([isSo, note]) => (isSo ? [note] : []))
}

/**
 * A number of the file as plain text without an exponent. Whole numbers keep 16 digits where a program has written them, as others
 * than Excel do of survey codes.
 */
export function plainNumber(written: string): string {
  if (/^-?(?:0|[1-9]\d{0,15})$/.test(written) && written !== '-0') return written
  const number = Number(written)
  if (!Number.isFinite(number)) return written
  if (Number.isSafeInteger(number)) return String(number + 0)
  return plainNumbers.format(number)
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
