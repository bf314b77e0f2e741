import { pipeline, Readable } from 'node:stream'
import { sourceRefusal } from './problem.ts'
import type { SourceFigure } from './source-figure.ts'

/** What a column may be called, without spaces and signs, in small letters; the first that is there counts. */
const names = {
  kpi: ['kpi', 'kpiid', 'indicator', 'nyckeltal', 'nyckeltalsid'],
  area: ['municipalityid', 'kommunkod', 'kommunid', 'areacode', 'code', 'municipality', 'area', 'kommun'],
  year: ['year', 'period', 'år'],
  gender: ['gender', 'kön'],
  value: ['value', 'värde'],
  status: ['status'],
  people: ['countofresponses', 'responses', 'people', 'antalsvar', 'svarande'],
} as const

type Field = keyof typeof names

interface Layout {
  delimiter: string
  /** The number of the line with the headings, from 1. */
  line: number
  columns: Partial<Record<Field, number>>
}

const practice = 'vningssiffror'

/** So many lines may stand above the headings. */
const mostAbove = 20

/**
 * Reads rows of figures, one a row, as they come in: with any delimiter, in any order of columns, and whatever else stands in it. Where no
 * column tells women and men apart, all are figures of all.
 * @param beginning of the file, which holds its headings
 * @throws DomainError where a column is missing, where it is no text of rows, and where it says that figures were made up
 */
export async function readHistoryCsv(
  bytes: AsyncIterable<Uint8Array>,
  beginning: Buffer,
  take: (figure: SourceFigure) => void,
): Promise<void> {
  const { parse } = await import('csv-parse')
  const encoding = encodingOf(beginning)
  const layout = await findLayout(new TextDecoder(encoding).decode(beginning))
  const { delimiter, line, columns } = layout
  const rows = pipeline(
    Readable.from(decoded(bytes, encoding)),
    parse({ ...lenient, delimiter, from_line: line + 1, skip_empty_lines: true, max_record_size: 100_000 }),
    () => {}, // what goes wrong is thrown to whoever reads the rows
  )
  let row = line
  try {
    for await (const cells of rows as AsyncIterable<string[]>) {
      row++
      if (cells.some((cell) => cell.includes(practice))) throw sourceRefusal('practice')
      if (cells.every((cell) => cell.trim() === '')) continue
      const cellOf = (field: Field) => (columns[field] === undefined ? undefined : cells[columns[field]])
      const gender = columns.gender === undefined ? 'T' : cellOf('gender')
      take({
        ...{ row, gender, kpi: cellOf('kpi'), area: cellOf('area'), year: cellOf('year'), value: cellOf('value') },
        ...{ people: cellOf('people'), status: cellOf('status') },
      })
    }
  } catch (error) {
    throw (error as { code?: string }).code?.startsWith('CSV_') ? sourceRefusal('broken', {}, error) : error
  }
}

const lenient = { relax_column_count: true, relax_quotes: true, record_delimiter: ['\r\n', '\n', '\r'] }

function encodingOf(beginning: Buffer): string {
  if (beginning[0] === 0xff && beginning[1] === 0xfe) return 'utf-16le'
  if (beginning[0] === 0xfe && beginning[1] === 0xff) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(beginning, { stream: true })
    return 'utf-8'
  } catch {
    return 'latin1'
  }
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true })
  yield decoder.decode()
}

async function findLayout(beginning: string): Promise<Layout> {
  if (beginning.includes('\0')) throw sourceRefusal('otherFile')
  if (beginning.slice(0, 2_000).includes(practice)) throw sourceRefusal('practice')
  const { parse } = await import('csv-parse/sync')
  const lines = beginning.split(/\r\n|[\r\n]/, mostAbove)
  for (const [at, text] of lines.entries())
    for (const delimiter of [';', ',', '\t', '|']) {
      const columns = columnsOf(cellsOf(text, delimiter))
      const isWhole = (['kpi', 'area', 'year', 'value'] as const).every((field) => columns[field] !== undefined)
      if (isWhole) return { delimiter, line: at + 1, columns }
    }
  throw sourceRefusal('columns')

  function cellsOf(text: string, delimiter: string): string[] {
    try {
      return parse(text, { ...lenient, delimiter })[0] ?? []
    } catch {
      return text.split(delimiter)
    }
  }
}

function columnsOf(cells: string[]): Layout['columns'] {
  const words = cells.map((cell) =>
    cell
      .normalize('NFC')
      .toLocaleLowerCase('sv')
      .replace(/[^a-zåäö]/g, ''),
  )
  const found = Object.entries(names).flatMap(([field, known]) => {
    const name = known.find((one) => words.includes(one))
    return name === undefined ? [] : [[field, words.indexOf(name)]]
  })
  return Object.fromEntries(found)
}
