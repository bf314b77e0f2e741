import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { rounds } from '../round/tables.ts'

/** What the opening of a round found. The counts are sealed to the round's key again: they hold small cells. */
export const openings = sqliteTable('openings', {
  roundId: text('round_id')
    .primaryKey()
    .references(() => rounds.id),
  ballots: integer().notNull(),
  sealedCounts: blob('sealed_counts', { mode: 'buffer' }).notNull(),
})
