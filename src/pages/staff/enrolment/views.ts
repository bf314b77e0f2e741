import type { fieldAt, newFieldAt, newNameField } from '../../../enrolment/enrolment-form.ts'
import type { EnrolmentPlace, sumOf } from '../../../enrolment/place.ts'
import type { Enrolment } from '../../../enrolment/store.ts'
import type { Unit } from '../../../organisation/store.ts'
import type { TargetGroup } from '../../../questionnaire/target-groups.ts'
import type { EnrolmentState, Registration } from '../../../round/enrolment.ts'
import type { Round } from '../../../round/round.ts'
import type { EveryStaffPage, Refused } from '../staff-page.ts'

/** Whose registration it is, and who looks. */
interface Whose {
  municipality: { code: string; name: string }
  /** The address of the registration. */
  base: string
  /** Whether the national administrator looks, and no coordinator. */
  isNational: boolean
}

/** What is there of it for a round. */
interface Registered extends Whose {
  round: Round
  isOpen: boolean
  registration: Registration
  enrolment?: Enrolment
  units: Unit[]
  groups: TargetGroup[]
  places: EnrolmentPlace[]
  /** Those of the round before. */
  earlier?: { year: number; places: EnrolmentPlace[] }
}

interface Summary extends Registered {
  sum: ReturnType<typeof sumOf>
}

/** What the views of `views/staff/enrolment` are given. */
export interface Views {
  'staff/enrolment/cell': EveryStaffPage &
    Pick<Refused, 'valuesOf'> & { name: string; group: TargetGroup; unit: string }
  'staff/enrolment/form': Refused &
    Pick<Registered, keyof Whose | 'round' | 'enrolment' | 'units' | 'groups' | 'earlier'> & {
      isCopied?: boolean
      seen: string
      fieldAt: typeof fieldAt
      newFieldAt: typeof newFieldAt
      newNameField: typeof newNameField
      newRows: number
    }
  'staff/enrolment/next': EveryStaffPage &
    Pick<Summary, 'base' | 'isNational' | 'round' | 'isOpen' | 'registration' | 'earlier'> & {
      state: EnrolmentState | 'none'
      /** Whether it was sent in. */
      isIn: boolean
    }
  'staff/enrolment/summary': Summary | (Whose & { round: undefined; isOpen: false })
}
