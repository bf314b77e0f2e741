import { bindStore } from '../database/bound.ts'
import type { Database } from '../database/connection.ts'
import { atOnce, type Run } from '../database/patience.ts'
import { wasTold, writeNight } from '../disclosure/store.ts'
import { tellAnew } from '../disclosure/told.ts'
import { inSlices, sliceSize } from './slices.ts'
import { listParticipants, listTold } from './store.ts'
import { tellMunicipalities, tellNight } from './telling.ts'
import { listHeld, readEvening } from './telling-store.ts'

/**
 * Tells a round for a day that has ended: works out what is told of its answers from now on, once. The one place from which numbers
 * of the urn reach anything that staff see. It reads a few municipalities at a time and writes everything at once.
 * @param run carries out each of its steps.
 * @returns whether it was told now, and not before
 */
export async function tellRound(
  db: Database,
  { roundId, day, today = day }: { roundId: string; day: string; today?: string },
  run: Run = atOnce,
): Promise<boolean> {
  const store = bindStore({ wasTold, writeNight, listParticipants, listTold, listHeld, readEvening }, db, run)
  if (await store.wasTold({ roundId, day, today })) return false
  const codes = await store.listParticipants(roundId)
  const tonight = await inSlices(codes, sliceSize, async (few) => {
    const { strata, answered, records, told } = await store.readEvening(roundId, few)
    return tellMunicipalities(strata, answered, records, told)
  })
  const before = await store.listTold(roundId, { municipalityCodes: [] })
  const night = { roundId, day, today, ...tellNight(tonight, before) }
  for (const { tabletId, number, ...told } of await store.listHeld(roundId))
    night.told.set(tabletId, 'held', tellAnew(told, number))
  return store.writeNight(night)
}
