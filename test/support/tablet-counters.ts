import type { Database } from '../../src/database/connection.ts'

/** The true counters of a tablet: what no page and no command may know, and a test may. */
export function countersOf(db: Database, id: string): { delivered: number; held: number } {
  const counters = db.$client.prepare(
    `select delivered, (select count(*) from held_ballots
      where tablet_id = tablets.id and held_ballots.state = 'held') as held from tablets where id = ?`,
  )
  return counters.get(id) as { delivered: number; held: number }
}
