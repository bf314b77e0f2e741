import type { Unit } from '../../../organisation/store.ts'
import type { Person } from '../../../people/person.ts'
import type { Role } from '../../../people/roles.ts'
import type { EveryStaffPage, Refused } from '../staff-page.ts'

/** What can be chosen for a person. */
interface Choices {
  roles: readonly Role[]
  units: Unit[]
}

/** What the views of `views/staff/people` are given. */
export interface Views {
  'staff/people/invited': { name: string; link: string; hours: number }
  'staff/people/list': {
    people: (Person & { municipality?: string })[]
    /** The names of units by their ids. */
    named: Map<string, string>
  }
  'staff/people/mailed': {
    id: string
    name: string
    email: string
    days: number
    /** Whether a link may be shown to others than its owner. */
    mayBeShown: boolean
  }
  'staff/people/new': Refused & Choices & { municipalities: { code: string; name: string }[] }
  'staff/people/person': Refused & Choices & { person: Person; seen: string }
  'staff/people/place': EveryStaffPage &
    Pick<Refused, 'values' | 'valuesOf'> &
    Choices & { municipalities?: { code: string; name: string }[]; person?: Person }
}
