/**
 * What came in. These tables, and the invitations, never hold a time, a language, an address, a device, a session, a running number
 * or a row id: docs/decisions/001. `test/anonymity/schema.test.ts` reads the live schema and fails on any.
 */
import { sql } from 'drizzle-orm'
import { blob, check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { oneOf } from '../database/one-of.ts'
import { channels } from '../invitation/disposition.ts'
import { strata } from '../organisation/tables.ts'

/** The marks of used codes, under a second pepper. No invitation, no ballot, no time. */
export const spent = sqliteTable('spent', {
  tag: blob({ mode: 'buffer' }).primaryKey(),
  stratumId: text('stratum_id')
    .notNull()
    .references(() => strata.id),
})

/**
 * Sealed ballots, all of one length, readable by nobody before the opening. The id is random and the idempotency key.
 * No index: it would be a third page to write and sync for every answer.
 */
export const urn = sqliteTable(
  'urn',
  {
    ballotId: blob('ballot_id', { mode: 'buffer' }).primaryKey(),
    stratumId: text('stratum_id')
      .notNull()
      .references(() => strata.id),
    channel: text({ enum: channels }).notNull(),
    sealed: blob({ mode: 'buffer' }).notNull(),
  },
  () => [check('urn_channel', oneOf('channel', channels)), check('urn_sealed', sql`length("sealed") = 112`)],
)

/** How many ballots of each stratum and channel are in the urn: written with them, so that nobody has to count the urn. */
export const urnCounts = sqliteTable(
  'urn_counts',
  {
    stratumId: text('stratum_id')
      .notNull()
      .references(() => strata.id),
    channel: text({ enum: channels }).notNull(),
    number: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.stratumId, table.channel] }),
    check('urn_counts_channel', oneOf('channel', channels)),
  ],
)
