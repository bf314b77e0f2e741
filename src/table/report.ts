import type { z } from 'zod'
import { DomainError } from '../errors.ts'
import { type ColumnMapping, columnLetters } from './columns.ts'
import type { RefusalValues, Table } from './table.ts'

/** What became of the rows of a file: each is accepted or rejected, never both, and `total` counts them. */
export interface ImportReport<T> {
  accepted: T[]
  rejected: RejectedRow[]
  total: number
}

/** Why a row was left out, to be shown as: row number, heading of the cell, the text of the reason. */
export interface RejectedRow extends Rejection {
  /** The number of the row in the file as Excel shows it. */
  row: number
}

export interface Rejection {
  /** The heading of the cell that is wrong, as the file has it, or the column's letter. None when it is the whole row. */
  cell?: string
  /** The whole key of a text, such as `staff.table.reason.missing`. */
  reason: string
  /** What the text needs. Nothing that the file holds: a page may quote the file, a log must not. */
  values?: RefusalValues
}

/** The cells of a row by field. */
export type Fields<Field extends string> = Record<Field, string>

/** A row is read into something, or is rejected; `field` names the cell that is to blame. */
export type RowReading<T, Field extends string> = { accepted: T } | { rejected: Rejected<Field> }

type Rejected<Field extends string> = { field?: Field; reason: string; values?: RefusalValues }

/** A zod schema of the fields, or a function. A schema's message that begins with `staff.` is the reason's key. */
export type RowReader<T, Field extends string> =
  | z.ZodType<T>
  | ((fields: Fields<Field>, row: number) => RowReading<T, Field>)

/**
 * Reads every row of a table and never throws: a row that cannot be read is rejected with its number and its reason.
 * With `key`, the first of several rows of the same key counts and the others are rejected as its duplicates.
 */
export function importRows<T, Field extends string>(
  table: Table,
  mapping: ColumnMapping<Field>,
  readRow: RowReader<T, Field>,
  { key }: { key?: (item: T) => string } = {},
): ImportReport<T> {
  const report: ImportReport<T> = { accepted: [], rejected: [], total: table.rows.length }
  const rowOfKey = new Map<string, number>()
  const reject = (row: number, rejection: Rejection) => report.rejected.push({ row, ...rejection })
  for (const { number, cells } of table.rows) {
    const reading = attempt(readRow, fieldsOf<Field>(mapping, cells), number)
    if ('rejected' in reading) {
      reject(number, blaming(reading.rejected, mapping, table.header))
      continue
    }
    const itsKey = key?.(reading.accepted)
    const first = itsKey === undefined ? undefined : rowOfKey.get(itsKey)
    if (first !== undefined) {
      reject(number, { reason: 'staff.table.reason.duplicate', values: { first } })
      continue
    }
    if (itsKey !== undefined) rowOfKey.set(itsKey, number)
    report.accepted.push(reading.accepted)
  }
  return report
}

/** Names the cell by its heading in the file instead of by our field. */
function blaming<Field extends string>(
  { field, reason, values }: Rejected<Field>,
  mapping: ColumnMapping<Field>,
  header: string[],
): Rejection {
  const column = field === undefined ? undefined : mapping[field]
  const cell = column === undefined ? undefined : header[column] || columnLetters(column)
  return { ...(cell === undefined ? {} : { cell }), reason, ...(values ? { values } : {}) }
}

function fieldsOf<Field extends string>(mapping: ColumnMapping<Field>, cells: string[]): Fields<Field> {
  const fields = Object.entries<number | undefined>(mapping).map(([field, column]) => [
    field,
    cells[column ?? -1] ?? '',
  ])
  return Object.fromEntries(fields)
}

function attempt<T, Field extends string>(
  readRow: RowReader<T, Field>,
  fields: Fields<Field>,
  row: number,
): RowReading<T, Field> {
  try {
    if (typeof readRow === 'function') return readRow(fields, row)
    const { data, error } = readRow.safeParse(fields)
    return error ? { rejected: rejectionOf<Field>(error.issues[0]!, fields) } : { accepted: data as T }
  } catch (error) {
    const known = error instanceof DomainError && error.messageKey.startsWith('staff.') ? error : undefined
    return { rejected: { reason: known?.messageKey ?? 'staff.table.reason.unreadable', values: known?.values } }
  }
}

function rejectionOf<Field extends string>(issue: z.core.$ZodIssue, fields: Fields<Field>): Rejected<Field> {
  const [path] = issue.path
  const field = path === undefined ? undefined : (String(path) as Field)
  const known = issue.message.startsWith('staff.') ? issue.message : undefined
  const reason = known ?? `staff.table.reason.${reasonOf(issue, field && fields[field])}`
  if (issue.code === 'too_big') return { field, reason, values: { limit: Number(issue.maximum) } }
  if (issue.code === 'too_small') return { field, reason, values: { limit: Number(issue.minimum) } }
  return { field, reason }
}

/** The reason that fits what zod found: a text below `staff.table.reason`. */
function reasonOf(issue: z.core.$ZodIssue, cell: string | undefined): string {
  if (cell === undefined || cell === '') return 'missing'
  if (issue.code === 'too_big') return issue.origin === 'string' ? 'tooLong' : 'tooBig'
  if (issue.code === 'too_small') return issue.origin === 'string' ? 'tooShort' : 'tooSmall'
  if (issue.code === 'invalid_format' && issue.format === 'email') return 'notEmail'
  if (issue.code === 'invalid_type' && issue.expected === 'number') return 'notNumber'
  return issue.code === 'invalid_value' ? 'notKnown' : 'unreadable'
}
