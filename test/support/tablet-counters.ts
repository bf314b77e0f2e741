import type { Database } from '../../src/database/connection.ts'
import { rowIn } from './rows.ts'

/** The true counters of a tablet: what no page and no command may know, and a test may. */
export async function countersOf(db: Database, id: string): Promise<{ delivered: number; held: number }> {
  return rowIn(
    db,
    `select delivered, (select count(*) from held_ballots
      where tablet_id = tablets.id and held_ballots.state = 'held') as held from tablets where id = ?`,
    id,
  )
}
