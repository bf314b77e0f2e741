import { DomainError } from '../errors.ts'
import { cleanText } from './clean-text.ts'

/** What a file of rows holds, the same whichever program made it. Every cell is clean text; every row is as wide as the header. */
export interface Table {
  header: string[]
  /** The number of its row. */
  headerRow: number
  /** Rows that hold something, in the file's order. */
  rows: TableRow[]
  /** What people should know about how the file was read: each has a text `staff.table.note.<note>`. */
  notes: TableNote[]
  /** In what other ways it could be read. */
  ways: Ways
}

export interface TableRow {
  /** The number of the row in the file as Excel shows it, from 1. */
  number: number
  cells: string[]
}

/** What is said of how a file was read, and what the text of it needs. */
export interface TableNote {
  note: (typeof tableNotes)[number]
  values?: RefusalValues
}

/**
 * Merged cells hold their text in the first of them only; of several sheets one is read; hidden rows are left out, hidden columns are
 * not; results of formulas may not be stored; an old encoding is guessed; ragged rows were filled up, the
 * last that differs from the one before is `row`; rows above the headings are titles;
 * columns that no heading is known of are not used.
 */
export const tableNotes = [
  ...(['merged', 'otherSheets', 'hiddenRows', 'hiddenColumns', 'unsaved'] as const),
  ...(['oldEncoding', 'ragged', 'titles', 'unusedColumns'] as const),
]

/** How a person wants a file to be read: a sheet by its place from 0, or what stands between the cells of a CSV file. */
export interface Way {
  sheet?: number
  delimiter?: Delimiter
}

/** `none`: each row is one cell. */
export const delimiters = [';', '\t', ',', '|', 'none'] as const
export type Delimiter = (typeof delimiters)[number]

/** The sheets of a workbook that are not hidden and the one that was read, or the delimiter that was. */
export type Ways = { sheets: string[]; sheet: number } | { delimiter: Delimiter }

export interface TableLimits {
  /** Of the file, and of the text in it. */
  megabytes: number
  /** The header apart. */
  rows: number
  columns: number
  /** Rows times columns: what a table takes in the service's own memory. */
  cells: number
  /** In one cell. */
  characters: number
  /** What an XLSX file may take when it is expanded. */
  expandedMegabytes: number
  seconds: number
}

export const tableLimits: TableLimits = {
  megabytes: 5,
  rows: 50_000,
  columns: 100,
  cells: 500_000,
  characters: 1_000,
  expandedMegabytes: 48,
  seconds: 20,
}

/** As many rows as a sheet of Excel has: more are looked at in no file, also when they are empty. */
const mostSeen = 1_048_576

/** Why a file is refused, each with the message for operators; people read the text `staff.table.refusal.<refusal>`. */
export const tableRefusals = {
  empty: 'The file is empty.',
  oldExcel: 'The file is of an old Excel (.xls). Save it as .xlsx or CSV.',
  passwordProtected: 'The file is protected with a password. Save it without.',
  pdf: 'The file is a PDF. Save the table as .xlsx or CSV.',
  image: 'The file is a picture. Save the table as .xlsx or CSV.',
  addresses: 'The file is a list of people with e-mail addresses.',
  otherFile: 'The file is no table. Save it as .xlsx or CSV.',
  damaged: 'The file is damaged. Open it in Excel and save it again.',
  unclosedQuote: 'A quotation mark is opened in the file and never closed.',
  tooLarge: 'The file is larger than allowed.',
  tooManyRows: 'The file has more rows than allowed.',
  tooManyColumns: 'The file has more columns than allowed.',
  tooManyCells: 'The file has more cells than allowed.',
  tooLong: 'A cell of the file holds more characters than allowed.',
  tooMuch: 'The file takes more memory than allowed when it is expanded.',
  tooSlow: 'The file took longer to read than allowed.',
  busy: 'Too many files are being read.',
  noRoom: 'Files of others that wait take all the room.',
  ownBusy: 'Other files of the same person are still being read.',
} as const

export type TableRefusal = keyof typeof tableRefusals
export type RefusalValues = Record<string, string | number>

/** Refusals that are over by themselves. */
const passing: readonly TableRefusal[] = ['busy', 'ownBusy', 'noRoom']

/** The refusal of a file, with a key and values that make a text which says what to do. */
export function tableRefusal(refusal: TableRefusal, values: RefusalValues = {}, cause?: unknown): DomainError {
  const known = Object.entries(values).map(([name, value]) => `${name} ${value}`)
  const message = [tableRefusals[refusal], ...known].join(' ')
  const code = passing.includes(refusal) ? 'too-many' : 'invalid'
  return new DomainError(code, message, { messageKey: `staff.table.refusal.${refusal}`, values, cause })
}

/**
 * Collects the rows of a file into a table: cleans each cell, leaves empty rows out, and refuses at once what is
 * beyond a limit. The first row that holds something is the header.
 * @param most so many rows are looked at, the empty ones too
 */
export function collectTable(limits: TableLimits, most = mostSeen) {
  const rows: TableRow[] = []
  let width = 0
  let written = 0
  let seen = 0

  function add(number: number, raw: string[]): void {
    if (++seen > most) throw tableRefusal('tooManyRows', { limit: limits.rows })
    const cells = raw.map((cell) => cleanText(cell))
    while (cells.at(-1) === '') cells.pop()
    if (cells.length === 0) return
    if (rows.length > limits.rows) throw tableRefusal('tooManyRows', { limit: limits.rows })
    if (cells.length > limits.columns) throw tableRefusal('tooManyColumns', { limit: limits.columns, row: number })
    if (cells.some((cell) => cell.length > limits.characters))
      throw tableRefusal('tooLong', { limit: limits.characters, row: number })
    width = Math.max(width, cells.length)
    // An Excel file may name one long text from very many cells.
    written += cells.reduce((sum, cell) => sum + cell.length, 0)
    if (width * rows.length > limits.cells) throw tableRefusal('tooManyCells', { limit: limits.cells })
    if (written > limits.megabytes * 1_000_000) throw tableRefusal('tooLarge', { limit: limits.megabytes })
    rows.push({ number, cells })
  }

  function table({ notes, ways }: Pick<Table, 'notes' | 'ways'>): Table {
    const [header, ...body] = rows
    if (!header) throw tableRefusal('empty')
    for (const { cells } of rows) while (cells.length < width) cells.push('')
    return { header: header.cells, headerRow: header.number, rows: body, notes, ways }
  }

  return { add, table }
}
