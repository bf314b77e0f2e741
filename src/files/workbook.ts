import type { SheetData } from 'write-excel-file/node'
import { cleanText } from '../table/clean-text.ts'
import { excelText, sheetName } from '../table/written.ts'
import { figureColumns } from './column-widths.ts'
import type { FigureReport, FileCell, FileFact, FileSection } from './figure-report.ts'
import { printedWorkbook } from './printed-workbook.ts'

type Row = SheetData[number]
type ExcelCell = Row[number]

/** The head of a table stays in sight, and what stands above it. */
const rowsAbove = 3

/**
 * A report as an Excel file: what it is, a sheet for each section, and what the figures mean. Shares are numbers in per cent, people whole
 * numbers; text is never a formula.
 */
export async function workbookOf(report: FigureReport): Promise<Buffer> {
  const { default: writeExcel } = await import('write-excel-file/node')
  const names = distinct(report.sections.map(({ name }) => sheetName(name)))
  const columns = factWidths.map((width) => ({ width }))
  const sheets = [
    { sheet: sheetName(report.aboutHeading), data: coverOf(report), columns },
    ...report.sections.map((section, nth) => ({
      ...{ sheet: names[nth]!, data: sectionRows(report, section), columns: columnsOf(section) },
      stickyRowsCount: rowsAbove + 1 + report.warnings.length,
      stickyColumnsCount: 1,
    })),
    { sheet: sheetName(report.meaningsHeading), data: factRows(report.meaningsHeading, report.meanings), columns },
  ]
  return printedWorkbook(await writeExcel(sheets).toBuffer(), report)
}

function coverOf({ title, subtitle, warnings, about }: FigureReport): SheetData {
  return [
    [text(title, { fontWeight: 'bold', fontSize: 16 })],
    [text(subtitle)],
    ...warnings.map((warning): Row => [text(warning, { fontWeight: 'bold' })]),
    [],
    ...about.map(factRow),
  ]
}

const factRows = (heading: string, facts: readonly FileFact[]): SheetData => [
  [text(heading, { fontWeight: 'bold', fontSize: 14 })],
  [],
  ...facts.map(factRow),
]

const factWidths = [34, 100] as const

const factRow = ({ name, text: said }: FileFact): Row => {
  const height = heightOf([name, said], factWidths)
  return [
    text(name, { fontWeight: 'bold', wrap: true, alignVertical: 'top', height }),
    text(said, { wrap: true, alignVertical: 'top' }),
  ]
}

/** How high a row is in points, for not every program works it out: as many lines as the longest of its texts takes in its width. */
const heightOf = (texts: readonly string[], widths: readonly number[]): number =>
  16 * Math.max(...texts.map((said, column) => linesIn(said, widths[column]! * 0.9)))

/** In how many lines a text is broken at its spaces. */
function linesIn(said: string, width: number): number {
  let [lines, at] = [1, 0]
  for (const { length } of said.split(' ')) {
    if (at > 0 && at + length > width) [lines, at] = [lines + 1, 0]
    lines += Math.floor(length / (width + 1))
    at += length + 1
  }
  return lines
}

function sectionRows({ title, warnings }: FigureReport, section: FileSection): SheetData {
  const { heading, findings, table, notes } = section
  const isOfFigures = figureColumns(table)
  const widths = columnsOf(section).map(({ width }) => width)
  const whole = widths.reduce((sum, width) => sum + width, 0)
  const across = (said: string): Row => [
    text(said, { wrap: true, alignVertical: 'top', columnSpan: table.head.length, height: heightOf([said], [whole]) }),
    ...widths.slice(1).map(() => null),
  ]
  return [
    [text(`${title}: ${heading}`, { fontWeight: 'bold', fontSize: 14 })],
    ...warnings.map((warning): Row => [text(warning, { fontWeight: 'bold' })]),
    across(findings.join(' ')),
    [],
    table.head.map((head, column) =>
      text(head, {
        ...{ fontWeight: 'bold', wrap: true, alignVertical: 'bottom', height: heightOf(table.head, widths) },
        align: isOfFigures[column] ? 'right' : 'left',
      }),
    ),
    ...table.rows.map((row) => row.map(cellOf)),
    [],
    ...notes.map(across),
  ]
}

function cellOf(cell: FileCell): ExcelCell {
  if (cell === null) return null
  if (typeof cell === 'string') return text(cell)
  if ('percent' in cell) return { value: cell.percent / 100, type: Number, format: '0%' }
  return { value: cell.people, type: Number, format: '#,##0' }
}

/** Text as Excel is to show it, whatever it begins with. */
function text(said: string, style: object = {}): ExcelCell {
  const value = excelText(cleanText(said))
  return value === '' ? null : { value, type: String, format: '@', ...style }
}

/** Wide enough for what stands there, in characters: a head is broken. */
const columnsOf = ({ table: { head, rows } }: FileSection) =>
  head.map((_, column) => {
    const lengths = rows.map((row) => (typeof row[column] === 'string' ? row[column].length : 8))
    return { width: Math.min(48, Math.max(12, ...lengths) + 2) }
  })

/** Excel opens no file with two sheets of one name. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let [free, nth] = [name, 2]
    while (taken.has(free.toLowerCase())) free = `${name.slice(0, 27)} (${nth++})`
    taken.add(free.toLowerCase())
    return free
  })
}
