import { inArray, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { nothingTold, type Told } from '../disclosure/told.ts'
import { urnCounts } from '../urn/tables.ts'
import { type Ledger, readLedger } from './overview-store.ts'
import { strataIn } from './store.ts'
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
  return db
    .select()
    .from(urnCounts)
    .where(inArray(urnCounts.stratumId, strataIn(db, roundId, { municipalityCodes })))
    .all()
}

/** What was told of the ballots that are held of each tablet, and how many they are. */
export async function listHeld(
  db: Database,
  roundId: string,
): Promise<(Told & { tabletId: string; number: number })[]> {
  const { low, high, moved } = nothingTold
  return db.all(
    sql`select tablets.id as "tabletId", coalesce(low, ${low}) as low, coalesce(high, ${high}) as high, coalesce(moved, ${moved}) as moved,
        (select count(*) from held_ballots where tablet_id = tablets.id and held_ballots.state = 'held') as number
      from tablets left join told_numbers on place = tablets.id and part = 'held' where tablets.round_id = ${roundId}`,
  )
}
