import { check, index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { oneOf } from '../database/one-of.ts'
import { historyGenders } from './figure.ts'

/** When figures of earlier years were taken in, from where and by whom. Never removed, also when none of its figures is left. */
export const historyImports = sqliteTable('history_imports', {
  /** From 1, in order. */
  id: integer().primaryKey(),
  /** ISO instant. */
  importedAt: text('imported_at').notNull(),
  /** The id of an account, `operator` for the command line, `demo` for a demo. */
  importedBy: text('imported_by').notNull(),
  /** The names of the files, or an address. */
  source: text().notNull(),
  /** Whether its figures were made up for a demo. */
  isPractice: integer('is_practice', { mode: 'boolean' }).notNull(),
})

/** How many figures of a year there are from an import: what the tables below come to, so that nobody has to count. */
export const historyYears = sqliteTable(
  'history_years',
  {
    importId: integer('import_id')
      .notNull()
      .references(() => historyImports.id),
    year: integer().notNull(),
    figures: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.year] })],
)

/**
 * Figures of earlier years that were published elsewhere. Nothing of this service's own answers comes here: those are told by
 * `released_indicators` alone.
 */
export const historyFigures = sqliteTable(
  'history_figures',
  {
    area: text().notNull(),
    kpi: text().notNull(),
    year: integer().notNull(),
    gender: text({ enum: historyGenders }).notNull(),
    value: real().notNull(),
    people: integer(),
    /** The import that it has this value from. */
    importId: integer('import_id')
      .notNull()
      .references(() => historyImports.id),
  },
  (table) => [
    primaryKey({ columns: [table.area, table.kpi, table.year, table.gender] }),
    check('history_figures_gender', oneOf('gender', historyGenders)),
    index('history_figures_kpi').on(table.kpi, table.year),
  ],
)
