import * as z from 'zod'
import { findNamesake, foldedName } from '../organisation/unit-name.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { composed } from '../text/composed.ts'
import { email, line, maybeLine, readForm, wholeNumber } from '../web/form.ts'
import type { EnrolmentPlace, GroupAt } from './place.ts'

export interface Contact {
  contactName: string
  contactEmail: string
  contactPhone: string
  /** The board that is responsible for personal data, how it is reached, and its data protection officer: all public. */
  boardName: string
  boardContact: string
  dpoContact: string
  note: string
}

export interface NewUnit {
  name: string
  groups: GroupAt[]
}

export interface EnrolmentForm extends Contact {
  places: EnrolmentPlace[]
  newUnits: NewUnit[]
}

/** The longest note, in characters. */
const longestNote = 1000

const contact = z.object({
  contactName: line(),
  contactEmail: email,
  contactPhone: maybeLine(40),
  boardName: line(),
  boardContact: line(200),
  dpoContact: line(200),
  note: z
    .string()
    .default('')
    .transform((text) =>
      composed(text)
        .replace(/\r\n?/g, '\n')
        .replace(/[^\P{Cc}\n]|\p{Bidi_Control}/gu, ' '),
    )
    .pipe(z.string().trim().max(longestNote, 'staff.web.problem.long')),
})
const expected = wholeNumber(0, 100_000)
const unitName = line()

/** The names of the fields of a unit that is there, and of a row for one that is new. */
export const fieldAt = (unitId: string, group: TargetGroup) => `at.${unitId}.${group}`
export const newNameField = (row: number) => `newUnit.${row}`
export const newFieldAt = (row: number, group: TargetGroup) => `new.${row}.${group}`

/** How many rows for new units a form shows at first, and how many more a press on "more" gives. */
export const newRows = 3
const mostNewRows = 60

/** How many rows for new units were sent. */
export function rowsOf(typed: Record<string, unknown>): number {
  const rows = Number(typed.rows)
  return Number.isInteger(rows) && rows >= newRows ? Math.min(rows, mostNewRows) : newRows
}

/**
 * Reads a registration. Only the units and groups that are named count; a field that is empty says that the unit does not
 * meet the group, and 0 that nobody knows how many. Problems are text keys by field.
 */
export function readEnrolmentForm(
  body: unknown,
  { units, groups }: { units: { id: string; name: string }[]; groups: TargetGroup[] },
): { data: EnrolmentForm } | { problems: Record<string, string>; typed: Record<string, unknown> } {
  const typed = (body ?? {}) as Record<string, unknown>
  const read = readForm(contact, typed)
  const problems: Record<string, string> = 'problems' in read ? { ...read.problems } : {}
  const groupsIn = (field: (group: TargetGroup) => string) => readGroups(typed, groups, field, problems)
  const places = units.flatMap(({ id }) => groupsIn((group) => fieldAt(id, group)).map((at) => ({ unitId: id, ...at })))

  const newUnits: NewUnit[] = []
  for (let row = 0; row < rowsOf(typed); row++) {
    const at = groupsIn((group) => newFieldAt(row, group))
    const field = newNameField(row)
    if (isEmpty(typed[field]) && at.length === 0) continue
    const name = unitName.safeParse(typed[field] ?? '')
    if (!name.success) problems[field] = name.error.issues[0]!.message
    else if (findNamesake([...units, ...newUnits], name.data)) problems[field] = 'staff.units.nameTaken'
    else newUnits.push({ name: name.data, groups: at })
  }
  const isNowhere = places.length === 0 && newUnits.every((unit) => unit.groups.length === 0)
  if (isNowhere && Object.keys(problems).length === 0) problems.places = 'staff.enrolment.nowhere'
  if ('problems' in read || Object.keys(problems).length > 0) return { problems, typed }
  return { data: { ...read.data, places, newUnits } }
}

const isEmpty = (value: unknown) => typeof value !== 'string' || foldedName(value) === ''

function readGroups(
  typed: Record<string, unknown>,
  groups: TargetGroup[],
  field: (group: TargetGroup) => string,
  problems: Record<string, string>,
): GroupAt[] {
  return groups.flatMap((targetGroup) => {
    const value = typed[field(targetGroup)]
    if (isEmpty(value)) return []
    const number = expected.safeParse(value)
    if (number.success) return [{ targetGroup, expected: number.data }]
    problems[field(targetGroup)] = 'staff.web.problem.number'
    return []
  })
}

/** What a form shows before anything was typed: the contact as it was given, and the places. */
export function prefilled(
  places: EnrolmentPlace[],
  known: Partial<Contact>,
  staff: { name: string; email: string },
): Record<string, string> {
  const numbers = places.map(({ unitId, targetGroup, expected }) => [fieldAt(unitId, targetGroup), String(expected)])
  return {
    contactName: known.contactName || staff.name,
    contactEmail: known.contactEmail || staff.email,
    contactPhone: known.contactPhone ?? '',
    boardName: known.boardName ?? '',
    boardContact: known.boardContact ?? '',
    dpoContact: known.dpoContact ?? '',
    note: known.note ?? '',
    ...Object.fromEntries(numbers),
  }
}

/** How the form begins: what is kept of the registration, whoever looks. */
export const startOf = ({ places, enrolment }: { places: EnrolmentPlace[]; enrolment?: Partial<Contact> }) =>
  prefilled(places, enrolment ?? {}, { name: '', email: '' })
