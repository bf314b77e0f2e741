import { nationPlace } from '../../disclosure/told-numbers.ts'
import { type FollowedNation, followNation } from '../../fieldwork/nation.ts'
import type { StaffContext } from './context.ts'

/** The nation's fieldwork of a round, read in pieces so that whoever answers comes first. */
export function nationOf({ fieldwork, disclosure }: StaffContext['stores'], clock: () => Date): FollowedNation {
  return followNation(
    {
      participants: fieldwork.listParticipants,
      ledger: (roundId, municipalityCodes) => fieldwork.readLedger(roundId, { municipalityCodes }),
      days: (roundId) => disclosure.listDays(roundId, nationPlace),
    },
    clock,
  )
}
