import type { Database } from '../../database/connection.ts'
import { listDays } from '../../disclosure/store.ts'
import { nationPlace } from '../../disclosure/told-numbers.ts'
import { type FollowedNation, followNation } from '../../fieldwork/nation.ts'
import { listChannelRecords, listParticipants, listPlaces, listTold } from '../../fieldwork/store.ts'
import type { StaffContext } from './context.ts'

/** The nation's fieldwork of a round, read in pieces so that whoever answers comes first. */
export function nationOf(db: Database, between: StaffContext['between'], clock: () => Date): FollowedNation {
  return followNation(
    {
      participants: (roundId) => between(() => listParticipants(db, roundId)),
      ledger: (roundId, municipalityCodes) =>
        between(async () => ({
          strata: await listPlaces(db, roundId, { municipalityCodes }),
          records: await listChannelRecords(db, roundId, { municipalityCodes }),
          told: await listTold(db, roundId, { municipalityCodes }),
        })),
      days: (roundId) => between(() => listDays(db, roundId, nationPlace)),
    },
    clock,
  )
}
