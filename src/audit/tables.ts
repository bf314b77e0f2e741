import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * What staff did: who, what, when, on what. Never an answer, never a code. What is done with a respondent at hand is kept
 * as a number in an hour, so that no moment can be laid beside an answer.
 */
export const audit = sqliteTable(
  'audit',
  {
    /** ISO instant, or the hour of it such as `2026-09-15T09`. */
    at: text().notNull(),
    id: text().notNull(),
    staffId: text('staff_id').notNull(),
    action: text().notNull(),
    /** What it was done on: an id, a name or a municipality's code. */
    subject: text().notNull(),
    municipalityCode: text('municipality_code'),
    number: integer().notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.at, table.id] })],
)
