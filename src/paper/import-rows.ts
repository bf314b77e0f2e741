import { setImmediate as breath } from 'node:timers/promises'
import { readWrittenCode } from '../invitation/spreadsheet-code.ts'
import type { QuestionId } from '../questionnaire/questions.ts'
import { type TargetGroup, targetGroups } from '../questionnaire/target-groups.ts'
import { isCellError } from '../table/cell-error.ts'
import type { ColumnMapping } from '../table/columns.ts'
import { type Fields, importRows, type RejectedRow, type RowReading } from '../table/report.ts'
import type { Table } from '../table/table.ts'
import { isBlank } from './digits.ts'
import { digitsOf, type Meanings } from './import-values.ts'

/** What a column of the file can be. */
export type ImportField = QuestionId | 'unit' | 'group' | 'code'

/** Where the rows of a file belong: all to one stratum, or each to that of its unit and group. */
export type StratumOfRows = { stratumId: string } | { find: (unit: string, group: string) => string | undefined }

export interface ImportedForm {
  /** The number of its row in the file. */
  row: number
  digits: number[]
  stratumId: string
  /** 16 digits, when the row has a code. */
  code?: string
  /** Whether zeros were put before the code, which a number cannot begin with. */
  lacksZeros?: true
}

export interface Reading {
  forms: ImportedForm[]
  blank: number
  rejected: RejectedRow[]
  total: number
}

const atATime = 1_000
const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase()

/** The group a cell names, by its id or by one of its names. */
export function groupOf(cell: string, names: (group: TargetGroup) => string[]): TargetGroup | undefined {
  return targetGroups.find((group) => [group, ...names(group)].some((name) => plain(name) === plain(cell)))
}

/** Where a stratum is looked up by the name of its unit and its group. */
export function placeByNames(
  strata: { id: string; unit: string; targetGroup: TargetGroup }[],
  names: (group: TargetGroup) => string[],
): StratumOfRows {
  const known = new Map(strata.map(({ id, unit, targetGroup }) => [`${plain(unit)}|${targetGroup}`, id]))
  return { find: (unit, cell) => known.get(`${plain(unit)}|${groupOf(cell, names)}`) }
}

/**
 * Reads every row, in slices so that nobody else waits: forms, blank ones, and rejected rows with their reasons. Never throws
 * for what a file holds. A code that stands in two rows counts once.
 */
export async function readForms(
  table: Table,
  { columns, meanings, place }: { columns: ColumnMapping<ImportField>; meanings: Meanings; place: StratumOfRows },
): Promise<Reading> {
  const reading: Reading = { forms: [], blank: 0, rejected: [], total: table.rows.length }
  const rowOfCode = new Map<string, number>()
  const readRow = (fields: Fields<ImportField>, row: number): RowReading<ImportedForm, ImportField> => {
    for (const field of ['unit', 'group', 'code'] as const)
      if (isCellError(fields[field] ?? '')) return { rejected: { field, reason: 'staff.table.reason.cellError' } }
    const stratumId = 'stratumId' in place ? place.stratumId : place.find(fields.unit, fields.group)
    if (stratumId === undefined) return { rejected: { field: 'unit', reason: 'staff.paper.reason.stratum' } }
    const digits = digitsOf((id) => fields[id] ?? '', meanings)
    if ('wrong' in digits) {
      const reason = isCellError(fields[digits.wrong] ?? '')
        ? 'staff.table.reason.cellError'
        : 'staff.paper.reason.value'
      return { rejected: { field: digits.wrong, reason } }
    }
    if (!fields.code) return { accepted: { row, digits, stratumId } }

    const { digits: code, problem, ...how } = readWrittenCode(fields.code)
    if (problem) return { rejected: { field: 'code', reason: `staff.paper.problem.code.${problem}` } }
    const first = rowOfCode.get(code)
    if (first !== undefined)
      return { rejected: { field: 'code', reason: 'staff.table.reason.duplicate', values: { first } } }
    rowOfCode.set(code, row)
    return { accepted: { row, digits, stratumId, code, ...how } }
  }
  for (let start = 0; start < table.rows.length; start += atATime) {
    const slice = { ...table, rows: table.rows.slice(start, start + atATime) }
    const { accepted, rejected } = importRows<ImportedForm, ImportField>(slice, columns, readRow)
    reading.rejected.push(...rejected)
    for (const form of accepted) {
      if (isBlank(form.digits)) reading.blank++
      else reading.forms.push(form)
    }
    await breath()
  }
  return reading
}
