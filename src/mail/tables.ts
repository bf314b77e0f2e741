/**
 * The tables of the second file, `mail.sqlite`: who is written to, and what waits to be sent. It is in no backup, and what it holds of a
 * round is deleted when the round closes.
 *
 * Whatever names a person is sealed with a key of the key folder. Nothing tells who has answered: a reminder goes to everybody, and
 * how far it has come is one sealed row for many people. docs/decisions/009 and 013.
 */
import { sql } from 'drizzle-orm'
import { blob, check, index, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { oneOf } from '../database/one-of.ts'
import { announcementKinds } from '../results/announcements.ts'
import { mailKinds, outboxStates, recipientStates } from './kinds.ts'

/** People who are invited by e-mail. The id is random and stands in their opt-out link. No time, no number, no order. */
export const recipients = sqliteTable(
  'recipients',
  {
    id: text().primaryKey(),
    roundId: text('round_id').notNull(),
    stratumId: text('stratum_id').notNull(),
    /** Stands for the address, so that nobody is written to twice; nothing without the key. */
    addressTag: blob('address_tag', { mode: 'buffer' }).notNull(),
    /** Address, survey code and language, all rows of one length; null once it bounced or the person has opted out. */
    sealed: blob({ mode: 'buffer' }),
    state: text({ enum: recipientStates }).notNull(),
  },
  (table) => [
    unique('recipients_address').on(table.addressTag, table.stratumId),
    check('recipients_state', oneOf('state', recipientStates)),
  ],
)

/**
 * What waits to be sent. `about`: nothing for a mail to staff, which is sealed here; a recipient for an invitation, whose
 * id it then has; a stratum for a reminder, with how far it has come sealed.
 */
export const outbox = sqliteTable(
  'outbox',
  {
    id: text().primaryKey(),
    kind: text({ enum: mailKinds }).notNull(),
    roundId: text('round_id'),
    about: text(),
    sealed: blob({ mode: 'buffer' }),
    attempts: integer().notNull().default(0),
    /** ISO instant. */
    nextAttemptAt: text('next_attempt_at').notNull(),
    state: text({ enum: outboxStates }).notNull(),
  },
  (table) => [
    index('outbox_due').on(table.state, table.kind, table.nextAttemptAt),
    check('outbox_kind', oneOf('kind', mailKinds)),
    check('outbox_state', oneOf('state', outboxStates)),
  ],
)

/** Which reminders a stratum has had: at most two. */
export const reminders = sqliteTable(
  'reminders',
  {
    stratumId: text('stratum_id').notNull(),
    number: integer().notNull(),
    roundId: text('round_id').notNull(),
    plannedOn: text('planned_on').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.stratumId, table.number] }),
    check('reminders_number', sql`"number" in (1, 2)`),
  ],
)

/**
 * Which announcements of releases were queued for all whom they concern, in the transaction that queued them: so each is sent once, whatever is
 * started again or runs beside. It names nobody.
 */
export const announcements = sqliteTable(
  'announcements',
  {
    roundId: text('round_id').notNull(),
    number: integer().notNull(),
    kind: text({ enum: announcementKinds }).notNull(),
    /** ISO instant from which on it is told. */
    since: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.roundId, table.number, table.kind, table.since] }),
    check('announcements_kind', oneOf('kind', announcementKinds)),
  ],
)
