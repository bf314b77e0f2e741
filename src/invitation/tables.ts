/**
 * Who was offered the survey. Never a time, a language, an address, a device, a session, a running number or a row id, and nothing that
 * tells whether a code was used: docs/decisions/001. `test/anonymity/schema.test.ts` reads the live schema and fails on any.
 */
import { sql } from 'drizzle-orm'
import { blob, check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { oneOf } from '../database/one-of.ts'
import { strata } from '../organisation/tables.ts'
import { channels, dispositions, invitationChannels, talliedDispositions } from './disposition.ts'

/**
 * Codes that were issued together. `leftover` is how many were never handed out: null for a printed batch
 * until it is posted or counted back in, 0 for codes drawn one by one. Printed is not offered.
 */
export const batches = sqliteTable(
  'batches',
  {
    id: text().primaryKey(),
    stratumId: text('stratum_id')
      .notNull()
      .references(() => strata.id),
    channel: text({ enum: invitationChannels }).notNull(),
    drawn: integer({ mode: 'boolean' }).notNull(),
    issued: integer().notNull(),
    leftover: integer(),
    undeliverable: integer().notNull().default(0),
    /** The day a printed batch was issued, so that staff recognise it; null for codes drawn one by one. */
    issuedOn: text('issued_on'),
    /** What batches of one order have in common: one file was made for all of their target groups. Null where it was made for one alone. */
    orderId: text('order_id'),
  },
  (table) => [
    check('batches_channel', oneOf('channel', invitationChannels)),
    check(
      'batches_counts',
      sql`"issued" >= 0 and coalesce("leftover", 0) between 0 and "issued" and "undeliverable" >= 0`,
    ),
    index('batches_stratum').on(table.stratumId),
  ],
)

/** One offer with a code. Holds the code's tag, never the code, and nothing that tells whether it was used. */
export const invitations = sqliteTable(
  'invitations',
  {
    codeTag: blob('code_tag', { mode: 'buffer' }).primaryKey(),
    batchId: text('batch_id')
      .notNull()
      .references(() => batches.id),
    disposition: text({ enum: dispositions }).notNull(),
  },
  () => [check('invitations_disposition', oneOf('disposition', dispositions))],
)

/** What is counted without a code: declined, and paper forms handed out. Counts only, by stratum and channel. */
export const tallies = sqliteTable(
  'tallies',
  {
    stratumId: text('stratum_id')
      .notNull()
      .references(() => strata.id),
    channel: text({ enum: channels }).notNull(),
    disposition: text({ enum: talliedDispositions }).notNull(),
    number: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.stratumId, table.channel, table.disposition] }),
    check('tallies_channel', oneOf('channel', channels)),
    check('tallies_disposition', oneOf('disposition', talliedDispositions)),
    check('tallies_number', sql`"number" >= 0`),
  ],
)
