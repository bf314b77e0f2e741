import { decodeText } from './decode-text.ts'
import { likeliestDelimiter } from './delimiter.ts'
import { collectTable, type Delimiter, type Table, type TableLimits, tableRefusal, type Way } from './table.ts'

/** Excel's own first line that names the delimiter. */
const namedDelimiter = /^sep=([;,\t|])(?:\r\n|\r|\n)/i
/** How an exported cell is kept from being a formula; as text it is what it was. */
const guard = /^'(?=[=+\-@＝＋－＠])/

const options = { relax_column_count: true, relax_quotes: true, record_delimiter: ['\r\n', '\n', '\r'] }
/** A character that is in no text stands between the cells of rows that are one cell each. */
const between = (delimiter: Delimiter) => (delimiter === 'none' ? '\0' : delimiter)

/**
 * Reads text of rows and cells. Excel's number of a row counts rows, not lines: a quoted cell may hold several lines.
 * @throws DomainError `invalid` for what is no such text and for what is beyond a limit
 */
export async function readCsv(bytes: Buffer, limits: TableLimits, way: Way = {}): Promise<Table> {
  const { parse } = await import('csv-parse/sync')
  const { text, guessed } = decodeText(bytes)
  const named = text.match(namedDelimiter)
  const body = named ? text.slice(named[0].length) : text
  const beginning = body.slice(0, 100_000)
  const split = (delimiter: Delimiter, rows: number): string[][] => {
    try {
      return parse(beginning, { ...options, delimiter: between(delimiter), to: rows })
    } catch {
      // Its quotes do not close, which reading all of it will tell.
      const lines = beginning.split(/\r\n|[\r\n]/, rows)
      return lines.map((line) => line.split(between(delimiter)))
    }
  }
  const delimiter = way.delimiter ?? (named?.[1] as Delimiter | undefined) ?? likeliestDelimiter(split)
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
  try {
    parse(body, { ...options, delimiter: between(delimiter), on_record: take })
  } catch (error) {
    throw refusalOf(error, number + 1)
  }
  return collected.table({
    notes: [
      ...(guessed ? [{ note: 'oldEncoding' as const }] : []),
      ...(widths.size > 1 ? [{ note: 'ragged' as const }] : []),
    ],
    ways: { delimiter },
  })
}

function refusalOf(error: unknown, row: number): unknown {
  const { code } = error as { code?: string }
  if (code === 'CSV_QUOTE_NOT_CLOSED') return tableRefusal('unclosedQuote', { row }, error)
  return code?.startsWith('CSV_') ? tableRefusal('damaged', {}, error) : error
}
