import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { oneOf } from '../database/one-of.ts'
import { rounds } from '../round/tables.ts'
import { ownTextKinds } from './own-text.ts'

/**
 * What a municipality, or whoever leads the survey, writes of the results of a round itself: the draft, and beside it what was published, which
 * stays as it was while the draft is edited on. Plain text, for everybody to read once it is published: nothing of anybody who answered. Who
 * did what stands in the audit trail.
 */
export const ownTexts = sqliteTable(
  'own_texts',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    /** A municipality's code, or `0000` for the nation. */
    area: text().notNull(),
    kind: text({ enum: ownTextKinds }).notNull(),
    language: text().notNull(),
    draft: text().notNull(),
    /** Who said a quotation, in words that name nobody; empty for other texts. */
    draftBy: text('draft_by').notNull(),
    /** How often the draft was saved: whoever saves says what they have begun with. */
    version: integer().notNull(),
    /** ISO instant. */
    savedAt: text('saved_at').notNull(),
    /** Null until it is published for the first time. */
    published: text(),
    publishedBy: text('published_by'),
    publishedAt: text('published_at'),
    /** The number of the release that it was published beside. */
    release: integer(),
    /** Whether it can be read. One that was taken back can be published again as it was. */
    isPublic: integer('is_public', { mode: 'boolean' }).notNull().default(false),
    /** How often it was published or taken back. */
    turns: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.roundId, table.area, table.kind, table.language] }),
    check('own_texts_kind', oneOf('kind', ownTextKinds)),
  ],
)
