import type { EnrolmentLine } from '../../../enrolment/list-store.ts'
import type { Round } from '../../../round/round.ts'
import type { ListingOf } from '../listing.ts'
import type { EveryStaffPage } from '../staff-page.ts'
import type { enrolmentList, totalsOf } from './enrolment-list.ts'

/** What waits for the administrator. */
interface Waiting {
  totals: ReturnType<typeof totalsOf>
  /** How many municipalities without an answer have no coordinator. */
  unreachable: number
  canMail: boolean
}

type EnrolmentListing = ListingOf<typeof enrolmentList, EnrolmentLine>

/** What the views of `views/staff/enrolments` are given. */
export interface Views {
  'staff/enrolments/list': Waiting & {
    round?: Round
    list: EnrolmentListing
    isUnderWay: boolean
    /** What can be done with a municipality that is marked. */
    deedFor: (line: EnrolmentLine) => 'approve' | 'remind' | undefined
  }
  'staff/enrolments/next': EveryStaffPage & Waiting
}
