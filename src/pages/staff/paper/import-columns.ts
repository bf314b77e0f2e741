import { fields } from '../../../paper/headings.ts'
import type { ImportField } from '../../../paper/import-rows.ts'
import { countValues, distinctValues, mostValues } from '../../../paper/import-values.ts'
import type { PendingImport } from '../../../paper/pending-import.ts'
import { type QuestionId, questions } from '../../../questionnaire/questions.ts'
import type { ColumnMapping } from '../../../table/columns.ts'

function* cellsOf({ table }: PendingImport, at: number) {
  for (const { cells } of table.rows) yield cells[at] ?? ''
}

/** What is wrong with the columns that were chosen: the key of a text by field; nothing where it will do. */
export function problemsOf(pending: PendingImport, columns: ColumnMapping<ImportField>, stratum: string) {
  const problems: Record<string, string> = {}
  if (stratum === '')
    for (const field of ['unit', 'group'] as const)
      if (columns[field] === undefined) problems[field] = 'staff.paper.problem.place'
  const asked = questions.filter(({ id }) => columns[id] !== undefined)
  if (asked.length === 0) problems.contact = 'staff.paper.problem.noQuestion'
  for (const { id } of asked) {
    const isTwice = fields.some((other) => other !== id && columns[other] === columns[id])
    if (isTwice) problems[id] = 'staff.paper.problem.columnTwice'
    else if (columns[id]! >= pending.table.header.length) problems[id] = 'staff.web.problem.choose'
    else if (distinctValues(cellsOf(pending, columns[id]!)).length > mostValues)
      problems[id] = 'staff.paper.problem.manyValues'
  }
  return problems
}

/** The values that stand under each question, and how often. */
export function valuesOf(pending: PendingImport) {
  const { columns } = pending.choice!
  const asked = questions.filter(({ id }) => columns[id] !== undefined)
  return asked.map((question) => ({
    question,
    values: countValues(cellsOf(pending, columns[question.id]!)),
  }))
}

/** Forms without an answer to a question, which count as skipped. */
export function emptyOf(pending: PendingImport, id: QuestionId): number {
  return pending.table.rows.filter(({ cells }) => (cells[pending.choice!.columns[id]!] ?? '') === '').length
}
