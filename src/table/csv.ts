import { decodeText } from './decode-text.ts'
import { collectTable, type Table, type TableLimits, tableRefusal } from './table.ts'

const delimiters = [';', '\t', ','] as const

/** Excel's own first line that names the delimiter. */
const namedDelimiter = /^sep=([;,\t|])(?:\r\n|\r|\n)/i
/** How an exported cell is kept from being a formula; as text it is what it was. */
const guard = /^'(?=[=+\-@＝＋－＠])/

/**
 * Reads text of rows and cells. Excel's number of a row counts rows, not lines: a quoted cell may hold several lines.
 * @throws DomainError `invalid` for what is no such text and for what is beyond a limit
 */
export async function readCsv(bytes: Buffer, limits: TableLimits): Promise<Table> {
  const { parse } = await import('csv-parse/sync')
  const { text, guessed } = decodeText(bytes)
  const named = text.match(namedDelimiter)
  const collected = collectTable(limits)
  const widths = new Set<number>()
  let number = named ? 1 : 0

  const take = (cells: string[]) => {
    number++
    if (cells.length > 1 || cells[0] !== '') widths.add(cells.length)
    collected.add(
      number,
      cells.map((cell) => cell.replace(guard, '')),
    )
    return null
  }
  const body = named ? text.slice(named[0].length) : text
  try {
    parse(body, {
      delimiter: named?.[1] ?? sniffDelimiter(body),
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record: take,
    })
  } catch (error) {
    throw refusalOf(error, number + 1)
  }
  return collected.table([
    ...(guessed ? ['oldEncoding' as const] : []),
    ...(widths.size > 1 ? ['ragged' as const] : []),
  ])
}

/** The delimiter that the first row has most of, outside quotation marks; Swedish Excel's when it has none. */
function sniffDelimiter(text: string): string {
  const unquoted = text.slice(0, 100_000).replace(/"(?:[^"]|"")*"/g, '')
  const first = unquoted.split(/[\r\n]+/).find((line) => line.trim() !== '') ?? ''
  const counts = delimiters.map((delimiter) => first.split(delimiter).length)
  return delimiters[counts.indexOf(Math.max(...counts))]!
}

function refusalOf(error: unknown, row: number): unknown {
  const { code } = error as { code?: string }
  if (code === 'CSV_QUOTE_NOT_CLOSED') return tableRefusal('unclosedQuote', { row }, error)
  return code?.startsWith('CSV_') ? tableRefusal('damaged', {}, error) : error
}
