import { decodeText } from './decode-text.ts'
import { likeliestDelimiter, type Split } from './delimiter.ts'
import { collectTable, type Delimiter, type Table, type TableLimits, tableRefusal, type Way } from './table.ts'
import { type Headings, knownOf } from './title-rows.ts'

/** Excel's own first line that names the delimiter. */
const namedDelimiter = /^sep=([;,\t|])(?:\r\n|\r|\n)/i
/** How an exported cell is kept from being a formula; as text it is what it was. */
const guard = /^'(?=[=+\-@＝＋－＠])/

const options = { relax_column_count: true, relax_quotes: true, record_delimiter: ['\r\n', '\n', '\r'] }
/** A character that is in no text stands between the cells of rows that are one cell each. */
const between = (delimiter: Delimiter) => (delimiter === 'none' ? '\0' : delimiter)
/** A quoted cell may have a space before it where commas do, as in a sentence. */
const cells = (delimiter: Delimiter) => ({ delimiter: between(delimiter), ltrim: delimiter === ',' })

/**
 * Reads text of rows and cells. Excel's number of a row counts rows, not lines: a quoted cell may hold several lines.
 * @param words what its columns may be known by, which tells a table whose commas have spaces behind them from sentences
 * @throws DomainError `invalid` for what is no such text and for what is beyond a limit
 */
export async function readCsv(
  bytes: Buffer,
  limits: TableLimits,
  { words, ...way }: Way & Partial<Headings> = {},
): Promise<Table> {
  const { parse } = await import('csv-parse/sync')
  const { text, guessed } = decodeText(bytes)
  const named = text.match(namedDelimiter)
  const body = named ? text.slice(named[0].length) : text
  const beginning = body.slice(0, 100_000)
  const split: Split = (delimiter, rows, how = {}) => {
    try {
      return parse(beginning, { ...options, ...cells(delimiter), ...how, to: rows })
    } catch {
      // Its quotes do not close, which reading all of it will tell.
      const lines = beginning.split(/\r\n|[\r\n]/, rows)
      return lines.map((line) => line.split(between(delimiter)))
    }
  }
  const delimiter =
    way.delimiter ?? (named?.[1] as Delimiter | undefined) ?? likeliestDelimiter(split, knownOf(words ?? {}))
  // An empty row of another width costs what a full one does: there may be as many as full ones.
  const collected = collectTable(limits, 2 * limits.rows)
  let last: { width: number; changedAt?: number } | undefined
  let number = named ? 1 : 0

  const take = (cells: string[]) => {
    number++
    if (cells.length > 1 || cells[0] !== '') {
      const isOther = last !== undefined && last.width !== cells.length
      last = { width: cells.length, changedAt: isOther ? number : last?.changedAt }
    }
    collected.add(
      number,
      cells.map((cell) => cell.replace(guard, '')),
    )
    return null
  }
  // For each row of another width an error is made that nobody looks at, and most of its price is where it came from.
  const depth = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    parse(withoutEmptyEnd(body, delimiter), { ...options, ...cells(delimiter), on_record: take })
  } catch (error) {
    throw refusalOf(error, number + 1)
  } finally {
    Error.stackTraceLimit = depth
  }
  return collected.table({
    notes: [
      ...(guessed ? [{ note: 'oldEncoding' as const }] : []),
      ...(last?.changedAt ? [{ note: 'ragged' as const, values: { row: last.changedAt } }] : []),
    ],
    ways: { delimiter },
  })
}

/** Rows at the end that hold nothing are many where a whole column was filled once; they are not read. */
function withoutEmptyEnd(body: string, delimiter: Delimiter): string {
  let end = body.length
  while (end > 0 && (body[end - 1] === delimiter || /\s/.test(body[end - 1]!))) end--
  const lineEnd = body.slice(end).search(/[\r\n]/)
  return lineEnd < 0 ? body : body.slice(0, end + lineEnd)
}

function refusalOf(error: unknown, row: number): unknown {
  const { code } = error as { code?: string }
  if (code === 'CSV_QUOTE_NOT_CLOSED') return tableRefusal('unclosedQuote', { row }, error)
  return code?.startsWith('CSV_') ? tableRefusal('damaged', {}, error) : error
}
