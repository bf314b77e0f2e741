import type { Unit } from '../../../organisation/store.ts'
import type { Person } from '../../../people/person.ts'
import type { Role } from '../../../people/roles.ts'
import type { ListingOf } from '../listing.ts'
import type { EveryStaffPage, Refused } from '../staff-page.ts'
import type { PersonRow, peopleList } from './people-list.ts'

/** What can be chosen for a person. */
interface Choices {
  roles: readonly Role[]
  units: Unit[]
}

/** What the views of `views/staff/people` are given. */
export interface Views {
  'staff/people/invited': { name: string; link: string; hours: number }
  'staff/people/list': { list: ListingOf<typeof peopleList, PersonRow> }
  'staff/people/mailed': {
    id: string
    name: string
    email: string
    days: number
    /** Whether a link may be shown to others than its owner. */
    mayBeShown: boolean
  }
  'staff/people/new': Refused & Choices & { municipalities: { code: string; name: string }[] }
  'staff/people/several': Refused & Choices & { municipalities: { code: string; name: string }[] }
  /** `link` where it is to be handed over; `failed` are lines as they were typed, each with the key of why. */
  'staff/people/several-invited': {
    invited: { name: string; email: string; link?: string }[]
    failed: { text: string; reason: string }[]
    /** What the same form is sent with again, for those. */
    again: { role: Role; units: string[]; municipality: string }
    days: number
  }
  'staff/people/person': Refused & Choices & { person: Person; seen: string }
  'staff/people/place': EveryStaffPage &
    Pick<Refused, 'values' | 'valuesOf'> &
    Choices & { municipalities?: { code: string; name: string }[]; person?: Person }
}
