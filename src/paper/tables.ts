import { sql } from 'drizzle-orm'
import { blob, check, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { oneOf } from '../database/one-of.ts'
import { channels } from '../invitation/disposition.ts'
import { municipalities, strata } from '../organisation/tables.ts'
import { staff } from '../people/tables.ts'
import { rounds } from '../round/tables.ts'

/** Bundles of paper forms that are being entered. Counts only: which ballots came of a bundle is not kept. */
export const paperBundles = sqliteTable(
  'paper_bundles',
  {
    id: text().primaryKey(),
    stratumId: text('stratum_id')
      .notNull()
      .references(() => strata.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    /** Forms counted by hand before the first was entered. */
    forms: integer().notNull(),
    entered: integer().notNull().default(0),
    /** Forms without any answer: counted, and no response. */
    blank: integer().notNull().default(0),
    /** Whether a sample is entered twice; how many questions were compared, and how many of them differed. */
    isSampled: integer('is_sampled', { mode: 'boolean' }).notNull().default(false),
    compared: integer().notNull().default(0),
    differing: integer().notNull().default(0),
    isDone: integer('is_done', { mode: 'boolean' }).notNull().default(false),
  },
  () => [check('paper_bundles_counts', sql`"entered" >= 0 and "blank" >= 0 and "forms" > 0`)],
)

/**
 * Sealed ballots of paper forms that are not in the urn yet: those of bundles in which work goes on, and those with a code whose bundle
 * or file had too few of them (`bundleId` is null then), until the close. Whether their codes were used is asked of nobody before.
 */
export const waitingForms = sqliteTable(
  'waiting_forms',
  {
    ballotId: blob('ballot_id', { mode: 'buffer' }).primaryKey(),
    bundleId: text('bundle_id').references(() => paperBundles.id),
    stratumId: text('stratum_id')
      .notNull()
      .references(() => strata.id),
    channel: text({ enum: channels }).notNull(),
    /** The mark that its code will leave, or that it has none; sealed, for it must not be laid beside `spent`. */
    sealedMark: blob('sealed_mark', { mode: 'buffer' }),
    sealed: blob({ mode: 'buffer' }).notNull(),
  },
  () => [
    check('waiting_forms_channel', oneOf('channel', channels)),
    check('waiting_forms_sealed', sql`length("sealed") = 112`),
  ],
)

/** Fingerprints, under a key that is not here, of files of answers that were imported: none is counted twice by mistake. */
export const paperImports = sqliteTable('paper_imports', {
  tag: blob({ mode: 'buffer' }).primaryKey(),
  roundId: text('round_id')
    .notNull()
    .references(() => rounds.id),
  municipalityCode: text('municipality_code')
    .notNull()
    .references(() => municipalities.code),
  forms: integer().notNull(),
})
