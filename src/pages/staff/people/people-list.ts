import type { Person } from '../../../people/person.ts'
import { roles } from '../../../people/roles.ts'
import { byName } from '../../../text/name-order.ts'
import type { ListKind } from '../listing.ts'

/** Somebody with an account, and where they work: units or a municipality; empty for the nation. */
export type PersonRow = Person & { where: string }

/** Where somebody works, in words; `named` are the units' names by their ids, in their order. */
export const whereOf = (
  { unitIds, municipality = '' }: Pick<Person, 'unitIds'> & { municipality?: string },
  named: Map<string, string>,
): string =>
  unitIds.length > 0
    ? [...named].flatMap(([id, name]) => (unitIds.includes(id) ? [name] : [])).join(', ')
    : municipality

const inOrder = byName<PersonRow>(
  ({ name }) => name,
  ({ email }) => email,
)
const steps = ({ hasPassword, hasSecondFactor }: PersonRow) => Number(hasPassword) + Number(hasSecondFactor)

const cameLast = ({ hasPassword }: PersonRow) => Number(hasPassword)

/** Accounts: who was invited and never came is first, and has a tab; the rest by name. */
export const peopleList = {
  address: '/staff/people',
  states: { invited: ({ hasPassword }) => !hasPassword, active: ({ hasPassword }) => hasPassword },
  words: ({ name, email, where }) => [name, email, where],
  columns: {
    name: { compare: inOrder },
    role: { compare: (one, other) => roles.indexOf(one.role) - roles.indexOf(other.role) },
    where: { compare: byName(({ where }) => where) },
    state: { compare: (one, other) => steps(one) - steps(other) },
  },
  usual: (one, other) => cameLast(one) - cameLast(other) || inOrder(one, other),
} satisfies ListKind<PersonRow>
