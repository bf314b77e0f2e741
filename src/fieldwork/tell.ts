import type { Database } from '../database/connection.ts'
import { wasTold, writeNight } from '../disclosure/store.ts'
import { nothingTold, type Told, tellAnew } from '../disclosure/told.ts'
import { inSlices, sliceSize } from './slices.ts'
import { listChannelRecords, listParticipants, listPlaces, listTold } from './store.ts'
import { type Answered, type Evening, tellMunicipalities, tellNight } from './telling.ts'

/** Reads, or writes, when the database can be. */
type Between = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Tells a round for a day that has ended: works out what is told of its answers from now on, once. The one place from which numbers
 * of the urn reach anything that staff see. It reads a few municipalities at a time and writes everything at once.
 * @returns whether it was told now, and not before
 */
export async function tellRound(
  db: Database,
  { roundId, day, today = day }: { roundId: string; day: string; today?: string },
  between: Between = (work) => work(),
): Promise<boolean> {
  if (await between(async () => wasTold(db, { roundId, day, today }))) return false
  const codes = await between(() => listParticipants(db, roundId))
  const tonight = await inSlices(codes, sliceSize, (few) => between(() => tellSome(db, roundId, few)))
  const before = await between(() => listTold(db, roundId, { municipalityCodes: [] }))
  const night = { roundId, day, today, ...tellNight(tonight, before) }
  for (const { tabletId, number, ...told } of await between(async () => listHeld(db, roundId)))
    night.told.set(tabletId, 'held', tellAnew(told, number))
  return between(async () => writeNight(db, night))
}

async function tellSome(db: Database, roundId: string, municipalityCodes: string[]): Promise<Evening> {
  const part = { municipalityCodes }
  const strata = await listPlaces(db, roundId, part)
  const records = await listChannelRecords(db, roundId, part)
  return tellMunicipalities(
    strata,
    listAnswered(db, roundId, municipalityCodes),
    records,
    await listTold(db, roundId, part),
  )
}

/** The numbers of the urn. */
export function listAnswered(db: Database, roundId: string, municipalityCodes: string[]): Answered[] {
  return db.$client
    .prepare(
      `select stratum_id as stratumId, channel, number from urn_counts
      where stratum_id in (
        select strata.id from strata join units on units.id = strata.unit_id
        where strata.round_id = ? and units.municipality_code in (select value from json_each(?))
      )`,
    )
    .all(roundId, JSON.stringify(municipalityCodes)) as Answered[]
}

/** What was told of the ballots that are held of each tablet, and how many they are. */
function listHeld(db: Database, roundId: string): (Told & { tabletId: string; number: number })[] {
  return db.$client
    .prepare(
      `select tablets.id as tabletId, coalesce(low, :low) as low, coalesce(high, :high) as high, coalesce(moved, :moved) as moved,
        (select count(*) from held_ballots where tablet_id = tablets.id and held_ballots.state = 'held') as number
      from tablets left join told_numbers on place = tablets.id and part = 'held' where tablets.round_id = :roundId`,
    )
    .all({ roundId, ...nothingTold }) as (Told & { tabletId: string; number: number })[]
}
