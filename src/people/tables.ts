import { sql } from 'drizzle-orm'
import { blob, check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { oneOf } from '../database/one-of.ts'
import { municipalities, units } from '../organisation/tables.ts'
import { roles } from './roles.ts'

/** People who work with the survey. Secrets are held as fingerprints, or sealed under a key of the key folder. */
export const staff = sqliteTable(
  'staff',
  {
    id: text().primaryKey(),
    email: text().notNull(),
    name: text().notNull(),
    role: text({ enum: roles }).notNull(),
    /** Null for the national administrator only. */
    municipalityCode: text('municipality_code').references(() => municipalities.code),
    language: text().notNull().default('sv'),
    /** Argon2id, in its own text form; null until the invitation is used. */
    passwordHash: text('password_hash'),
    /** The secret of the authenticator, sealed; null without a second factor. */
    totpSealed: blob('totp_sealed', { mode: 'buffer' }),
    /** The last time step whose number was used, so that none is used twice. */
    totpStep: integer('totp_step').notNull().default(0),
    /** Fingerprint of the one-time link, and until when it can be used (ISO instant). */
    invitationTag: blob('invitation_tag', { mode: 'buffer' }).unique(),
    invitationUntil: text('invitation_until'),
    /** Who made it: the id of a colleague, `owner` for one to their own mailbox, `operator` for one of the command line. */
    invitationBy: text('invitation_by'),
    /** The day the account ended. The row stays, for the audit trail names it; its address may have another account then. */
    endedOn: text('ended_on'),
  },
  (table) => [
    uniqueIndex('staff_email').on(table.email).where(sql`"ended_on" is null`),
    check('staff_role', oneOf('role', roles)),
    check('staff_place', sql`("role" = 'national') = ("municipality_code" is null)`),
  ],
)

/** The units a caseworker or a host works at. */
export const staffUnits = sqliteTable(
  'staff_units',
  {
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.unitId] })],
)

/** Fingerprints of unused recovery codes, each good for one sign-in without the authenticator. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    tag: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.tag] })],
)

/** Where a member of staff is signed in. The cookie's token is held as a fingerprint. */
export const sessions = sqliteTable(
  'sessions',
  {
    tag: blob({ mode: 'buffer' }).primaryKey(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    /** Whether the second factor was given, or none is needed. */
    isComplete: integer('is_complete', { mode: 'boolean' }).notNull(),
    begunAt: text('begun_at').notNull(),
    seenAt: text('seen_at').notNull(),
    endsAt: text('ends_at').notNull(),
    /** What it is signed in with, in words such as `Firefox, Windows`. */
    device: text().notNull(),
  },
  (table) => [index('sessions_staff').on(table.staffId)],
)
