import { sql } from 'drizzle-orm'
import { blob, check, foreignKey, index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { oneOf } from '../database/one-of.ts'
import { rounds } from '../round/tables.ts'
import { groupsAndTotal, levels, measures } from './indicator.ts'
import { releaseStepKinds } from './phase.ts'

/** What the opening of a round found. The counts are sealed to the round's key again: they hold small cells. */
export const openings = sqliteTable('openings', {
  roundId: text('round_id')
    .primaryKey()
    .references(() => rounds.id),
  /** Empty once they were destroyed. */
  sealedCounts: blob('sealed_counts', { mode: 'buffer' }).notNull(),
  /** The day on which ballots, counts, marks and the key were destroyed: from then on nothing can be counted again. */
  destroyedOn: text('destroyed_on'),
  /** What the archive has decided on them, with its number and day; it can be entered before, and null says that it never was. */
  archiveDecision: text('archive_decision'),
})

/** What was told of a round after disclosure control, numbered from 1: the indicators themselves are `released_indicators`. Never changed, never removed. */
export const releases = sqliteTable(
  'releases',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    number: integer().notNull(),
    /** ISO instant. */
    madeAt: text('made_at').notNull(),
    /** SHA-256 of its indicators and areas, in hexadecimal digits: two countings of one urn have the same. */
    hash: text().notNull(),
    /** What the protocol says of the opening, as JSON. Nothing in it is of fewer than ten people but that they are fewer. */
    facts: text().notNull(),
    /** In words what a correction changed, and why; null for the first. */
    reason: text(),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.number] })],
)

/** Who let whom see a release, and when: proposed by one, approved by another. In order; only a proposal that nobody approved is taken back. */
export const releaseSteps = sqliteTable(
  'release_steps',
  {
    roundId: text('round_id').notNull(),
    number: integer().notNull(),
    nth: integer().notNull(),
    kind: text({ enum: releaseStepKinds }).notNull(),
    /** Who: the id of an account, or `operator` for the command line. When: ISO instants. */
    proposedBy: text('proposed_by').notNull(),
    proposedAt: text('proposed_at').notNull(),
    approvedBy: text('approved_by'),
    approvedAt: text('approved_at'),
    /** From when on it is so. It comes by itself. */
    takesEffect: text('takes_effect').notNull(),
    /** Whether one alone was enough, for there was nobody else. */
    isAlone: integer('is_alone', { mode: 'boolean' }).notNull().default(false),
    /** Why it was withdrawn. */
    reason: text(),
  },
  (table) => [
    primaryKey({ columns: [table.roundId, table.number, table.nth] }),
    foreignKey({ columns: [table.roundId, table.number], foreignColumns: [releases.roundId, releases.number] }),
    check('release_steps_kind', oneOf('kind', releaseStepKinds)),
  ],
)

/** The municipalities and units of a release, as they were called then. */
export const releasedAreas = sqliteTable(
  'released_areas',
  {
    roundId: text('round_id').notNull(),
    number: integer().notNull(),
    level: text({ enum: ['municipality', 'unit'] }).notNull(),
    area: text().notNull(),
    name: text().notNull(),
    within: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.roundId, table.number, table.level, table.area] }),
    foreignKey({ columns: [table.roundId, table.number], foreignColumns: [releases.roundId, releases.number] }),
  ],
)

/**
 * All that is told of answers after the close: whatever is shown, taken out or served reads this table and nothing else. An indicator that
 * disclosure control kept back is here with its reason and without a value.
 */
export const releasedIndicators = sqliteTable(
  'released_indicators',
  {
    roundId: text('round_id').notNull(),
    number: integer().notNull(),
    level: text({ enum: levels }).notNull(),
    area: text().notNull(),
    targetGroup: text('target_group', { enum: groupsAndTotal }).notNull(),
    gender: text({ enum: ['all', 'woman', 'man'] }).notNull(),
    measure: text({ enum: measures }).notNull(),
    question: text().notNull(),
    part: text().notNull(),
    status: text({ enum: ['shown', 'few', 'protected', 'at-least-90', 'at-most-10', 'nobody'] }).notNull(),
    value: real(),
    people: integer(),
    positive: integer(),
  },
  (table) => [
    primaryKey({
      columns: [
        ...([table.roundId, table.number, table.level, table.area] as const),
        ...([table.targetGroup, table.measure, table.question, table.gender, table.part] as const),
      ],
    }),
    foreignKey({ columns: [table.roundId, table.number], foreignColumns: [releases.roundId, releases.number] }),
    check('released_indicators_level', oneOf('level', levels)),
    check('released_indicators_measure', oneOf('measure', measures)),
    check(
      'released_indicators_kept',
      sql`"status" not in ('few', 'protected', 'nobody') or ("value" is null and "people" is null)`,
    ),
    index('released_indicators_question').on(table.roundId, table.number, table.measure, table.question, table.level),
  ],
)
