import { foldedName } from '../organisation/unit-name.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { isCellError } from '../table/cell-error.ts'
import { unusedColumns } from '../table/columns.ts'
import { type ImportReport, importRows, type RowReading } from '../table/report.ts'
import type { Table } from '../table/table.ts'
import { line } from '../web/form.ts'
import type { NewUnit } from './enrolment-form.ts'

type Field = 'name' | 'groups'

/**
 * Headings, whole and nothing else: a list without one may begin with "Enheten för barn och unga", which is a unit.
 */
export const unitHeadings: Record<Field, string[]> = {
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

/** The units of a file: names in the first column, or under their heading; groups in the second, or under theirs, or in the one
 * column that holds groups and nothing else. `notes` say which columns are not used. */
export function readUnits(
  table: Table,
  { units, groups, groupOf }: Known,
): ImportReport<NewUnit> & { notes: Table['notes'] } {
  const taken = new Set(units.map((unit) => foldedName(unit.name)))
  const columnOf = (field: Field) => table.header.findIndex((text) => unitHeadings[field].includes(foldedName(text)))
  const [nameColumn, groupColumn] = [columnOf('name'), columnOf('groups')]
  const hasHeadings = nameColumn >= 0 || groupColumn >= 0
  const mapping = hasHeadings
    ? {
        name: nameColumn >= 0 ? nameColumn : Number(groupColumn === 0),
        groups:
          groupColumn >= 0 ? groupColumn : (unnamedBeside(table, nameColumn) ?? allGroups(table, nameColumn, groupOf)),
      }
    : { name: 0, groups: 1 }
  const first = { number: table.headerRow, cells: table.header }
  const whole = hasHeadings ? table : { ...table, header: [], rows: [first, ...table.rows] }

  const readRow = (fields: Record<Field, string>): RowReading<NewUnit, Field> => {
    if (isCellError(fields.name)) return { rejected: { field: 'name', reason: 'staff.table.reason.cellError' } }
    if (groups.length > 0 && isCellError(fields.groups))
      return { rejected: { field: 'groups', reason: 'staff.table.reason.cellError' } }
    const read = name.safeParse(fields.name)
    if (!read.success) return { rejected: { field: 'name', reason: read.error.issues[0]!.message } }
    if (isAddress(read.data)) return { rejected: { field: 'name', reason: 'staff.units.isAddress' } }
    if (taken.has(foldedName(read.data))) return { rejected: { field: 'name', reason: 'staff.units.nameTaken' } }
    const written = groups.length === 0 ? [] : groupTexts(fields.groups)
    const chosen = written.flatMap((text) => groupsIn(text, groupOf))
    if (chosen.includes(undefined)) return { rejected: { field: 'groups', reason: 'staff.units.unknownGroup' } }
    const known = [...new Set(chosen as TargetGroup[])]
    if (known.some((group) => !groups.includes(group)))
      return { rejected: { field: 'groups', reason: 'staff.units.groupNotAsked' } }
    return { accepted: { name: read.data, groups: known.map((targetGroup) => ({ targetGroup, expected: 0 })) } }
  }
  const report = importRows(whole, mapping, readRow, { key: (unit) => foldedName(unit.name) })
  const header = table.header.map((heading) => (hasHeadings ? heading : ''))
  return { ...report, notes: unusedColumns({ header, rows: whole.rows }, [mapping.name, mapping.groups]) }
}

const isAddress = (cell: string) => /\S@[^\s@.]+\.\S/.test(cell)

/** Whether it is a list of people, who must not be kept as units: most rows hold an e-mail address, and no heading says that they are units. */
export function listsPeople({ header, rows }: Table): boolean {
  const all = [header, ...rows.map(({ cells }) => cells)]
  const areUnits = header.some((heading) => /^(enhet|unit)/.test(foldedName(heading)))
  return !areUnits && all.filter((cells) => cells.some(isAddress)).length > all.length / 2
}

/** The only column beside the names in which each cell that holds something holds groups, whatever its heading. */
function allGroups({ header, rows }: Table, nameColumn: number, groupOf: Known['groupOf']): number | undefined {
  const areGroups = (cell: string) => groupTexts(cell).every((text) => !groupsIn(text, groupOf).includes(undefined))
  const found = [...header.keys()].filter((at) => {
    const cells = rows.map(({ cells }) => cells[at]!).filter((cell) => cell !== '')
    return at !== nameColumn && cells.length > 0 && cells.every(areGroups)
  })
  return found.length === 1 ? found[0] : undefined
}

const groupTexts = (cell: string) => cell.split(/[,;/|]/).filter((text) => foldedName(text) !== '')

/** The column beside the names, if it has no heading: groups that nobody put a heading over. */
function unnamedBeside({ header }: Table, nameColumn: number): number | undefined {
  return header[nameColumn + 1] === '' ? nameColumn + 1 : undefined
}

/** The groups of a text: one, or several with nothing but spaces between, for they stood one under the other in a cell. */
function groupsIn(text: string, groupOf: Known['groupOf']): (TargetGroup | undefined)[] {
  const whole = groupOf.get(foldedName(text))
  if (whole) return [whole]
  const words = text.trim().split(/\s+/)
  for (let length = words.length - 1; length > 0; length--) {
    const first = groupOf.get(foldedName(words.slice(0, length).join(' ')))
    if (first) return [first, ...groupsIn(words.slice(length).join(' '), groupOf)]
  }
  return [undefined]
}
