import { roles } from '../../people/roles.ts'
import { targetGroups } from '../../questionnaire/target-groups.ts'
import type { KeptForm } from './kept-forms.ts'

/** Something that a person has typed: the key of its label, where one is known, and what was typed or the key of what was chosen. */
export interface TypedField {
  label?: string
  value: string
  choice?: string
}

const fields = ['contactName', 'contactEmail', 'contactPhone', 'boardName', 'boardContact', 'dpoContact', 'note']

/** The labels of fields, by their names in forms; several forms share one. */
const labels: Record<string, string> = {
  ...Object.fromEntries(fields.map((name) => [name, `staff.enrolment.${name}`])),
  addresses: 'staff.email.addresses',
  closesOn: 'staff.rounds.fields.closesOn',
  code: 'staff.paper.code',
  codes: 'staff.paper.codesLabel',
  contact: 'staff.print.contact',
  copies: 'staff.paper.printCopies',
  email: 'staff.signIn.email',
  forms: 'staff.paper.howMany',
  leftover: 'staff.leftovers.codes',
  name: 'staff.signIn.name',
  newUnit: 'staff.enrolment.unit',
  number: 'staff.leftovers.number',
  opensOn: 'staff.rounds.fields.opensOn',
  role: 'staff.people.role',
  sample: 'staff.paper.sampleLabel',
  undeliverable: 'staff.leftovers.returnedCodes',
  year: 'staff.rounds.fields.year',
}

/**
 * All of them, for a test that looks whether they are there.
 * @internal
 */
export const fieldLabels = Object.values(labels)

const choices = new Map<string, string>([
  ...targetGroups.map((group) => [group, `staff.words.groups.${group}`] as const),
  ...roles.map((role) => [role, `staff.words.roles.${role}`] as const),
])

/** Fields that no person has typed. */
const unseen = new Set(['seen', 'state', 'rows', 'next', 'id', 'ticket', 'once'])
const mostShown = 30

/**
 * What a person has typed, to be looked at; a long form is not shown whole. A number or a mark whose label is not known says nothing, and
 * is sent again unseen.
 */
export function shownOf(given: KeptForm['fields']): TypedField[] {
  const typed = given.filter(([name, value]) => value.trim() !== '' && !unseen.has(name))
  const shown = typed.map(([name, value]): TypedField => {
    const label = labelOf(name)
    const choice = choices.get(value)
    return { value, ...(label ? { label } : {}), ...(choice ? { choice } : {}) }
  })
  return shown.filter(({ label, choice, value }) => label || choice || isText(value)).slice(0, mostShown)
}

/** The number of a unit's group is named for the group: `at.3f73.youth`. */
function labelOf(name: string): string | undefined {
  const [first, , group] = name.split('.')
  if (group !== undefined) return choices.get(group)
  return labels[first!]
}

/** What a form has made is no text: an id, or the word of a choice. */
const isText = (value: string) => /\p{L}/u.test(value) && !/^[\w-]+$/.test(value)
