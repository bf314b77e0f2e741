import { foreignKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { targetGroups } from '../questionnaire/target-groups.ts'
import { roundGroups } from '../round/tables.ts'

/** The 290 municipalities with their official codes; filled by a migration. */
export const municipalities = sqliteTable('municipalities', {
  code: text().primaryKey(),
  name: text().notNull(),
  countyCode: text('county_code').notNull(),
  county: text().notNull(),
})

/** An organisational unit of a municipality. */
export const units = sqliteTable(
  'units',
  {
    id: text().primaryKey(),
    municipalityCode: text('municipality_code')
      .notNull()
      .references(() => municipalities.code),
    name: text().notNull(),
  },
  (table) => [unique('units_name').on(table.municipalityCode, table.name)],
)

/** One target group at one unit in one round: the smallest thing a response rate is computed for. */
export const strata = sqliteTable(
  'strata',
  {
    id: text().primaryKey(),
    roundId: text('round_id').notNull(),
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    targetGroup: text('target_group', { enum: targetGroups }).notNull(),
  },
  (table) => [
    unique('strata_place').on(table.roundId, table.unitId, table.targetGroup),
    foreignKey({
      columns: [table.roundId, table.targetGroup],
      foreignColumns: [roundGroups.roundId, roundGroups.targetGroup],
    }),
  ],
)
