import { sql } from 'drizzle-orm'
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { rounds } from '../round/tables.ts'

/**
 * What is told of the numbers of answers of a round, worked out once a night: src/disclosure/told.ts. `moved` is the number at which it
 * last changed. Of strata, municipalities and the nation; nothing else of answers is shown to anybody before the close.
 */
export const toldNumbers = sqliteTable(
  'told_numbers',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    place: text().notNull(),
    part: text().notNull(),
    low: integer().notNull(),
    high: integer().notNull(),
    moved: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.roundId, table.place, table.part] }),
    check('told_numbers_range', sql`"low" <= "high"`),
  ],
)

/**
 * What was told of a round on the evening of a day, of each municipality and of the nation: how the fieldwork went on. Counts of many
 * people, as ranges; no answer has a time, and none of these is of a unit. That the nation is there says that the day was told.
 */
export const fieldworkDays = sqliteTable(
  'fieldwork_days',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    day: text().notNull(),
    /** A municipality's code, or `nation`. */
    place: text().notNull(),
    offeredLow: integer('offered_low').notNull(),
    offeredHigh: integer('offered_high').notNull(),
    respondedLow: integer('responded_low').notNull(),
    respondedHigh: integer('responded_high').notNull(),
    /** In ten thousandths; null where none is told. */
    rateLow: integer('rate_low'),
    rateHigh: integer('rate_high'),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.day, table.place] })],
)
