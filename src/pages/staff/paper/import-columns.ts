import { fields } from '../../../paper/headings.ts'
import type { ImportField } from '../../../paper/import-rows.ts'
import { type ColumnValues, countValues, mostValues } from '../../../paper/import-values.ts'
import type { PendingImport } from '../../../paper/pending-import.ts'
import { questions } from '../../../questionnaire/questions.ts'
import type { ColumnMapping } from '../../../table/columns.ts'

const askedIn = (columns: ColumnMapping<ImportField>) => questions.filter(({ id }) => columns[id] !== undefined)

/** What stands in the columns of the questions. */
export function countColumns({ table }: PendingImport, columns: ColumnMapping<ImportField>) {
  return countValues(
    table.rows,
    askedIn(columns).map(({ id }) => columns[id]!),
  )
}

/** What is wrong with the columns that were chosen: the key of a text by field; nothing where it will do. */
export function problemsOf(
  { table }: PendingImport,
  columns: ColumnMapping<ImportField>,
  { stratum, counted }: { stratum: string; counted: ReadonlyMap<number, ColumnValues> },
) {
  const problems: Record<string, string> = {}
  if (stratum === '')
    for (const field of ['unit', 'group'] as const)
      if (columns[field] === undefined) problems[field] = 'staff.paper.problem.place'
  const asked = askedIn(columns)
  if (asked.length === 0) problems.contact = 'staff.paper.problem.noQuestion'
  for (const { id } of asked) {
    const isTwice = fields.some((other) => other !== id && columns[other] === columns[id])
    if (isTwice) problems[id] = 'staff.paper.problem.columnTwice'
    else if (columns[id]! >= table.header.length) problems[id] = 'staff.web.problem.choose'
    else if (counted.get(columns[id]!)!.values.length > mostValues) problems[id] = 'staff.paper.problem.manyValues'
  }
  return problems
}

/** The values that stand under each question, how often, and how many forms have no answer to it, which count as skipped. */
export function valuesOf({ columns, counted }: NonNullable<PendingImport['choice']>) {
  return askedIn(columns).map((question) => ({ question, ...counted.get(columns[question.id]!)! }))
}
