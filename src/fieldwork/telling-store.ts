import type { Database } from '../database/connection.ts'
import { nothingTold, type Told } from '../disclosure/told.ts'
import { type Ledger, readLedger } from './overview-store.ts'
import type { Answered } from './telling.ts'

/** What a night is worked out from. Nothing that serves a page is in this file: it reads the numbers of the urn. */

/** What is known of some municipalities of a round, and the numbers of their urn. */
export async function readEvening(
  db: Database,
  roundId: string,
  municipalityCodes: string[],
): Promise<Ledger & { answered: Answered[] }> {
  const ledger = await readLedger(db, roundId, { municipalityCodes })
  return { ...ledger, answered: await listAnswered(db, roundId, municipalityCodes) }
}

/** The numbers of the urn. */
export async function listAnswered(db: Database, roundId: string, municipalityCodes: string[]): Promise<Answered[]> {
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
export async function listHeld(
  db: Database,
  roundId: string,
): Promise<(Told & { tabletId: string; number: number })[]> {
  return db.$client
    .prepare(
      `select tablets.id as tabletId, coalesce(low, :low) as low, coalesce(high, :high) as high, coalesce(moved, :moved) as moved,
        (select count(*) from held_ballots where tablet_id = tablets.id and held_ballots.state = 'held') as number
      from tablets left join told_numbers on place = tablets.id and part = 'held' where tablets.round_id = :roundId`,
    )
    .all({ roundId, ...nothingTold }) as (Told & { tabletId: string; number: number })[]
}
