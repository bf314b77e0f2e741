import { sql } from 'drizzle-orm'
import { blob, check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { oneOf } from '../database/one-of.ts'
import { strata } from '../organisation/tables.ts'
import { rounds } from '../round/tables.ts'
import { heldStates, tabletStates } from './tablet.ts'

/**
 * On-site tablets: devices, not people. No time of an answer: only the hour of the last contact and counts, docs/decisions/007.
 * Secrets are held as fingerprints; the PIN's hash goes to the device, which must know it without a network.
 */
export const tablets = sqliteTable(
  'tablets',
  {
    id: text().primaryKey(),
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    name: text().notNull(),
    state: text({ enum: tabletStates }).notNull(),
    /** Fingerprint of the one-time link, and until when it can be used (ISO instant). */
    enrolmentTag: blob('enrolment_tag', { mode: 'buffer' }).notNull().unique(),
    enrolUntil: text('enrol_until').notNull(),
    /** Fingerprint of the device's own key; null until it has enrolled. */
    keyTag: blob('key_tag', { mode: 'buffer' }).unique(),
    pinSalt: blob('pin_salt', { mode: 'buffer' }).notNull(),
    pinHash: blob('pin_hash', { mode: 'buffer' }).notNull(),
    /** How many ballots a day are taken without a question, and how many of them are left since `allowanceDay`. */
    dailyQuota: integer('daily_quota').notNull(),
    allowance: integer().notNull(),
    allowanceDay: text('allowance_day').notNull(),
    /** The hour of the last contact, such as `2026-09-15T09`. */
    lastContactHour: text('last_contact_hour'),
    /** How many ballots it said that it holds: older versions wrote it, and nobody does now, for it told whether the last person had answered. */
    waiting: integer().notNull().default(0),
    delivered: integer().notNull().default(0),
    /** How often its declines have changed by its last report, so that one that comes late changes nothing. It counts no contacts. */
    sequence: integer().notNull().default(0),
    /** What it said of its browser: of the device, never of a person. Null as long as it has said nothing. */
    worksOffline: integer('works_offline', { mode: 'boolean' }),
    isPromised: integer('is_promised', { mode: 'boolean' }),
    /** Whether ballots of it were destroyed that nobody had said yes to: the protocol says so, also where the first opening failed after it. */
    isGivenUp: integer('is_given_up', { mode: 'boolean' }).notNull().default(false),
  },
  () => [
    check('tablets_state', oneOf('state', tabletStates)),
    check('tablets_counts', sql`"allowance" >= 0 and "waiting" >= 0 and "delivered" >= 0`),
  ],
)

/** The strata a tablet may be used for, and how many declined there, in all, as the tablet counts. */
export const tabletStrata = sqliteTable(
  'tablet_strata',
  {
    tabletId: text('tablet_id')
      .notNull()
      .references(() => tablets.id),
    stratumId: text('stratum_id')
      .notNull()
      .references(() => strata.id),
    declined: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.tabletId, table.stratumId] }),
    check('tablet_strata_declined', sql`"declined" >= 0`),
  ],
)

/**
 * Sealed ballots a tablet brought beyond what is plausible: in no urn and no count until a coordinator has said yes. Of one that
 * was discarded the id stays, with zeros for a ballot, so that it is not taken when it comes again.
 */
export const heldBallots = sqliteTable(
  'held_ballots',
  {
    ballotId: blob('ballot_id', { mode: 'buffer' }).primaryKey(),
    tabletId: text('tablet_id')
      .notNull()
      .references(() => tablets.id),
    stratumId: text('stratum_id')
      .notNull()
      .references(() => strata.id),
    state: text({ enum: heldStates }).notNull(),
    sealed: blob({ mode: 'buffer' }).notNull(),
  },
  () => [
    check('held_ballots_state', oneOf('state', heldStates)),
    check('held_ballots_sealed', sql`length("sealed") = 112`),
  ],
)
