import type { EnrolmentState } from '../../../round/enrolment.ts'
import { byName } from '../../../text/name-order.ts'

/** What the list can be narrowed to; `unanswered` is both those that were asked and those that were not. */
export const answers = ['unanswered', 'none', 'asked', 'submitted', 'approved', 'abstains'] as const

export type Answer = (typeof answers)[number]

export interface ListFilter {
  answer?: Answer
  county?: string
  order?: string
}

/** What the list needs to know of a municipality. */
interface Line {
  name: string
  county: string
  enrolment?: { state: EnrolmentState; contactName: string; submittedOn?: string }
  units: number
  expected: number
}

export const isUnanswered = ({ enrolment }: Pick<Line, 'enrolment'>) => !enrolment || enrolment.state === 'asked'

export function filterLines<T extends Line>(lines: T[], { answer, county }: ListFilter): T[] {
  const isWanted = (line: T) =>
    answer === 'unanswered' ? isUnanswered(line) : !answer || (line.enrolment?.state ?? 'none') === answer
  return lines.filter((line) => isWanted(line) && (!county || line.county === county))
}

const inOrder = byName<Line>(({ name }) => name)
const states = ['submitted', 'approved', 'asked', 'none', 'abstains'] // what waits for somebody first

/** The columns a list can be sorted by, each with its order; equals are sorted by name. */
const orders = {
  name: inOrder,
  county: byName(({ county }) => county),
  answer: (a, b) => states.indexOf(a.enrolment?.state ?? 'none') - states.indexOf(b.enrolment?.state ?? 'none'),
  units: (a, b) => b.units - a.units,
  expected: (a, b) => b.expected - a.expected,
} satisfies Record<string, (a: Line, b: Line) => number>

export type Order = keyof typeof orders

export const isOrder = (text: string | undefined): text is Order => text !== undefined && Object.hasOwn(orders, text)

export function sortLines<T extends Line>(lines: T[], order: Order): T[] {
  return lines.toSorted((a, b) => orders[order](a, b) || inOrder(a, b))
}

/** How many municipalities have answered what, and what those that take part have registered. */
export function totalsOf(lines: Line[]) {
  const inState = (state: EnrolmentState) => lines.filter(({ enrolment }) => enrolment?.state === state)
  const taking = [...inState('submitted'), ...inState('approved')]
  return {
    unanswered: lines.filter(isUnanswered).length,
    submitted: inState('submitted').length,
    approved: inState('approved').length,
    abstains: inState('abstains').length,
    units: taking.reduce((sum, { units }) => sum + units, 0),
    expected: taking.reduce((sum, { expected }) => sum + expected, 0),
  }
}
