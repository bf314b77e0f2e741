import { cleanText } from './clean-text.ts'

/** A cell to be written: text stays text, and only a number becomes one. */
export type WrittenCell = string | number | null

/**
 * A CSV file as Swedish Excel expects it: semicolons, decimal commas, UTF-8 with a byte order mark. Text that Excel would take for a
 * formula gets an apostrophe before it, which reading takes away again.
 */
export async function csvBytes(rows: WrittenCell[][]): Promise<Buffer> {
  const { stringify } = await import('csv-stringify/sync')
  const cleaned = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cleanText(cell) : cell)))
  const options = { bom: true, delimiter: ';', escape_formulas: true, quoted_string: true, record_delimiter: '\r\n' }
  const cast = { number: (number: number) => ({ value: String(number).replace('.', ','), escape_formulas: false }) }
  return Buffer.from(stringify(cleaned, { ...options, cast }))
}

/** What Excel would take for the beginning of a formula. */
const formula = /^[=+\-@\t\r]/

/**
 * A CSV file as RFC 4180 has it: commas, CRLF, UTF-8 without a byte order mark, a point in numbers. Text that a program might take for a
 * formula gets an apostrophe before it.
 */
export async function plainCsvBytes(rows: WrittenCell[][]): Promise<Buffer> {
  const { stringify } = await import('csv-stringify/sync')
  const guarded = (text: string) => (formula.test(text) ? `'${text}` : text)
  const cleaned = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? guarded(cleanText(cell)) : cell)))
  return Buffer.from(stringify(cleaned, { record_delimiter: '\r\n' }))
}

/** An XLSX file of one sheet whose first row stays in sight. Never a formula: text is of the format text, also of digits. */
export async function xlsxBytes(rows: WrittenCell[][], sheet: string): Promise<Buffer> {
  const { default: writeExcel } = await import('write-excel-file/node')
  const cells = rows.map((row, index) => row.map((cell) => xlsxCell(cell, index === 0)))
  const columns = (rows[0] ?? []).map((_, column) => ({ width: columnWidth(rows, column) }))
  return writeExcel(cells, { sheet: sheetName(sheet), stickyRowsCount: 1, columns }).toBuffer()
}

function xlsxCell(cell: WrittenCell, isHeader: boolean) {
  const style = isHeader ? { fontWeight: 'bold' as const } : {}
  if (typeof cell === 'number') return { value: cell, type: Number, ...style }
  const text = cell === null ? '' : excelText(cleanText(cell))
  return text === '' ? null : { value: text, type: String, format: '@', ...style }
}

/** Excel reads _x0041_ as the letter A. Text that looks like that is written so, and words that the library trips over. */
export function excelText(text: string): string {
  if (text in {}) return `_x${text.charCodeAt(0).toString(16).padStart(4, '0')}_${text.slice(1)}`
  return text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
}

/** Wide enough for what the first rows hold, in characters. */
function columnWidth(rows: WrittenCell[][], column: number): number {
  const lengths = rows.slice(0, 200).map((row) => String(row[column] ?? '').length)
  return Math.min(60, Math.max(8, ...lengths) + 2)
}

/** Excel allows 31 characters, and none of these. */
export function sheetName(name: string): string {
  const allowed = cleanText(name).replace(/[\\/?*[\]:]/g, ' ')
  return (
    allowed
      .slice(0, 31)
      .replace(/^'+|(?<!')'+$/g, '')
      .trim() || 'Blad1'
  )
}
