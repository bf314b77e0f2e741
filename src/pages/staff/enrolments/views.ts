import type { EnrolmentLine } from '../../../enrolment/list-store.ts'
import type { Round } from '../../../round/round.ts'
import type { EveryStaffPage } from '../staff-page.ts'
import type { Answer, ListFilter, Order, totalsOf } from './enrolment-list.ts'

/** What waits for the administrator. */
interface Waiting {
  totals: ReturnType<typeof totalsOf>
  /** How many municipalities without an answer have no coordinator. */
  unreachable: number
  canMail: boolean
}

/** What the views of `views/staff/enrolments` are given. */
export interface Views {
  'staff/enrolments/list': Waiting & {
    round?: Round
    lines: EnrolmentLine[]
    counties: string[]
    answers: readonly Answer[]
    typed: ListFilter
    order: Order
    isUnderWay: boolean
    /** The query of this list with something else in it. */
    query: (more: Partial<ListFilter>) => string
  }
  'staff/enrolments/next': EveryStaffPage & Waiting
}
