import type { EnrolmentLine } from '../../../enrolment/list-store.ts'
import type { EnrolmentState } from '../../../round/enrolment.ts'
import { byName } from '../../../text/name-order.ts'
import type { ListKind } from '../listing.ts'

/** What the list needs to know of a municipality. */
type Line = Pick<EnrolmentLine, 'name' | 'county' | 'units' | 'expected'> & {
  enrolment?: { state: EnrolmentState; contactName: string; contactEmail: string }
}

export const isUnanswered = ({ enrolment }: Pick<Line, 'enrolment'>) => !enrolment || enrolment.state === 'asked'

/** Whether a reminder would reach it: without mail somebody has asked it otherwise. */
export const isRemindable = (line: Pick<EnrolmentLine, 'enrolment' | 'coordinators'>, canMail: boolean) =>
  isUnanswered(line) && (!canMail || line.coordinators > 0)

const stateOf = ({ enrolment }: Line) => enrolment?.state ?? 'none'
const inOrder = byName<Line>(({ name }) => name)
const answers = ['submitted', 'approved', 'asked', 'none', 'abstains'] // what waits for somebody first
const waitsLast = (line: Line) => Number(stateOf(line) !== 'submitted')

/** What waits for approval comes first, in the tabs as in the rows; the rest by name. */
export const enrolmentList = {
  address: '/staff/enrolments',
  states: {
    submitted: (line) => stateOf(line) === 'submitted',
    unanswered: isUnanswered,
    approved: (line) => stateOf(line) === 'approved',
    abstains: (line) => stateOf(line) === 'abstains',
  },
  words: ({ name, enrolment }) => [name, enrolment?.contactName, enrolment?.contactEmail],
  columns: {
    name: { compare: inOrder },
    county: { compare: byName(({ county }) => county) },
    answer: { compare: (one, other) => answers.indexOf(stateOf(one)) - answers.indexOf(stateOf(other)) },
    units: { compare: (one, other) => other.units - one.units, isFalling: true },
    expected: { compare: (one, other) => other.expected - one.expected, isFalling: true },
  },
  usual: (one, other) => waitsLast(one) - waitsLast(other) || inOrder(one, other),
  filters: { county: ({ county }) => county },
} satisfies ListKind<Line>

/** How many municipalities have answered what, and what those that take part have registered. */
export function totalsOf(lines: Line[]) {
  const inState = (state: EnrolmentState) => lines.filter((line) => stateOf(line) === state)
  const taking = [...inState('submitted'), ...inState('approved')]
  return {
    all: lines.length,
    unanswered: lines.filter(isUnanswered).length,
    submitted: inState('submitted').length,
    approved: inState('approved').length,
    units: taking.reduce((sum, { units }) => sum + units, 0),
    expected: taking.reduce((sum, { expected }) => sum + expected, 0),
  }
}
