import type { NewUnit } from '../../../enrolment/enrolment-form.ts'
import type { EnrolmentPlace } from '../../../enrolment/place.ts'
import type { Unit } from '../../../organisation/store.ts'
import type { TargetGroup } from '../../../questionnaire/target-groups.ts'
import type { EnrolmentState } from '../../../round/enrolment.ts'
import type { Round } from '../../../round/round.ts'
import type { ImportReport, RejectedRow } from '../../../table/report.ts'
import type { ListingOf } from '../listing.ts'
import type { Refused } from '../staff-page.ts'
import type { HowRead } from '../views.ts'
import type { UnitRow, unitList } from './looking.ts'

/** What there is to do with groups in the working round. */
interface Groups {
  round?: Round
  groups: TargetGroup[]
  hasGroupsOpen: boolean
}

/** What the views of `views/staff/units` are given. */
export interface Views {
  'staff/units/import': Refused & { groups: TargetGroup[]; isGone?: true }
  'staff/units/list': Refused &
    Groups & {
      list: ListingOf<typeof unitList, UnitRow>
      /** What was ticked instead of the groups that a unit has, where that was refused. */
      ticked?: { unitId: string; groups: TargetGroup[] }[]
      places: EnrolmentPlace[]
      /** Those of the round before. */
      earlier?: { year: number }
      isTakingPart: boolean
      answer?: EnrolmentState
    }
  'staff/units/report': Refused &
    HowRead & {
      importId: string
      file: string
      report: ImportReport<NewUnit>
      /** The first of them. */
      rejected: RejectedRow[]
    }
  'staff/units/unit': Refused &
    Groups & {
      unit: Unit
      /** Its groups. */
      own: TargetGroup[]
      /** The other units. */
      others: Unit[]
      isOpen: boolean
      seenGroups: string
      seenName: string
    }
}
