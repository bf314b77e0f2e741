import { blob, check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { oneOf } from '../database/one-of.ts'
import { targetGroups } from '../questionnaire/target-groups.ts'
import { roundStates } from './round.ts'

/** One yearly survey. The public key seals its ballots; the private key is not here and never on this machine while answers are collected. */
export const rounds = sqliteTable(
  'rounds',
  {
    id: text().primaryKey(),
    year: integer().notNull(),
    state: text({ enum: roundStates }).notNull(),
    opensOn: text('opens_on').notNull(),
    /** The last day as it was planned. */
    closesOn: text('closes_on').notNull(),
    /** The day on which its collection was ended, by the clock of then; null while it collects. */
    closedOn: text('closed_on'),
    publicKey: blob('public_key', { mode: 'buffer' }).notNull(),
    /** Between which days municipalities register for the round. */
    registrationOpensOn: text('registration_opens_on'),
    registrationClosesOn: text('registration_closes_on'),
    /** A pause lets nobody begin; those who have begun, and tablets that hold answers, are still taken. */
    isPaused: integer('is_paused', { mode: 'boolean' }).notNull().default(false),
    /** Its key was kept on the server, or it was made up: its figures are practice figures for ever. */
    isPractice: integer('is_practice', { mode: 'boolean' }).notNull().default(false),
    /** Until when a closed round still takes what lies in its tablets, as an ISO instant; null while it collects and once its urn was opened. */
    lateUntil: text('late_until'),
  },
  () => [check('rounds_state', oneOf('state', roundStates))],
)

/** Which target groups a round has. */
export const roundGroups = sqliteTable(
  'round_groups',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    targetGroup: text('target_group', { enum: targetGroups }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.roundId, table.targetGroup] }),
    check('round_groups_target_group', oneOf('target_group', targetGroups)),
  ],
)

/** The languages in which a round prints and offers its questions. None chosen means all. */
export const roundLanguages = sqliteTable(
  'round_languages',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    language: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.language] })],
)

/** What people were asked in a round, as it was when it began to collect: the texts of the questions in each language, for each target group. */
export const roundWordings = sqliteTable(
  'round_wordings',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    language: text().notNull(),
    /** SHA-256 of the texts, in hexadecimal digits: another one than last year's is a break in the series. */
    hash: text().notNull(),
    /** JSON. */
    texts: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.language] })],
)

/** What people were told of personal data in a round, as it was when it began to collect: both notices in each language. */
export const roundNotices = sqliteTable(
  'round_notices',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    language: text().notNull(),
    text: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.language] })],
)
