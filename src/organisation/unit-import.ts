import type { NewUnit } from '../enrolment/enrolment-form.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { type ImportReport, importRows, type RowReading } from '../table/report.ts'
import type { Table } from '../table/table.ts'
import { line } from '../web/form.ts'
import { foldedName } from './unit-name.ts'

type Field = 'name' | 'groups'

/**
 * Headings, whole and nothing else: a list without one may begin with "Enheten för barn och unga", which is a unit.
 */
const headings: Record<Field, string[]> = {
  name: ['namn', 'enhet', 'enheter', 'enhetens namn', 'enhetsnamn', 'name', 'unit', 'units', 'unit name'],
  groups: ['målgrupp', 'målgrupper', 'grupp', 'grupper', 'group', 'groups', 'target group', 'target groups'],
}
const name = line()

export interface Known {
  /** The units that are there already. */
  units: { name: string }[]
  /** The groups the round has; none when groups cannot be changed, and what the file says of them does not count. */
  groups: TargetGroup[]
  /** How each group may be written, folded. */
  groupOf: ReadonlyMap<string, TargetGroup>
}

/** The units of a file: names in the first column, or under their heading; groups in the second, or under theirs. */
export function readUnits(table: Table, { units, groups, groupOf }: Known): ImportReport<NewUnit> {
  const taken = new Set(units.map((unit) => foldedName(unit.name)))
  const columnOf = (field: Field) => table.header.findIndex((text) => headings[field].includes(foldedName(text)))
  const [nameColumn, groupColumn] = [columnOf('name'), columnOf('groups')]
  const hasHeadings = nameColumn >= 0 || groupColumn >= 0
  const mapping = hasHeadings
    ? {
        name: nameColumn >= 0 ? nameColumn : Number(groupColumn === 0),
        groups: groupColumn >= 0 ? groupColumn : undefined,
      }
    : { name: 0, groups: 1 }
  const first = { number: (table.rows[0]?.number ?? 2) - 1, cells: table.header }
  const whole = hasHeadings ? table : { ...table, header: [], rows: [first, ...table.rows] }

  const readRow = (fields: Record<Field, string>): RowReading<NewUnit, Field> => {
    const read = name.safeParse(fields.name)
    if (!read.success) return { rejected: { field: 'name', reason: read.error.issues[0]!.message } }
    if (taken.has(foldedName(read.data))) return { rejected: { field: 'name', reason: 'staff.units.nameTaken' } }
    const written = groups.length === 0 ? [] : fields.groups.split(/[,;/\n]/).filter((text) => foldedName(text) !== '')
    const chosen = written.map((text) => groupOf.get(foldedName(text)))
    if (chosen.includes(undefined)) return { rejected: { field: 'groups', reason: 'staff.units.unknownGroup' } }
    const known = [...new Set(chosen as TargetGroup[])]
    if (known.some((group) => !groups.includes(group)))
      return { rejected: { field: 'groups', reason: 'staff.units.groupNotAsked' } }
    return { accepted: { name: read.data, groups: known.map((targetGroup) => ({ targetGroup, expected: 0 })) } }
  }
  return importRows(whole, mapping, readRow, { key: (unit) => foldedName(unit.name) })
}
