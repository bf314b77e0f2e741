import { sql } from 'drizzle-orm'
import { check, foreignKey, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { oneOf } from '../database/one-of.ts'
import { municipalities, units } from '../organisation/tables.ts'
import { targetGroups } from '../questionnaire/target-groups.ts'
import { enrolmentStates } from '../round/enrolment.ts'
import { roundGroups, rounds } from '../round/tables.ts'

/**
 * A municipality's registration for a round. `asked`: reminded, no answer yet. `abstains`: it said no.
 * The contact is a member of staff, never a respondent.
 */
export const enrolments = sqliteTable(
  'enrolments',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    municipalityCode: text('municipality_code')
      .notNull()
      .references(() => municipalities.code),
    state: text({ enum: enrolmentStates }).notNull(),
    contactName: text('contact_name').notNull().default(''),
    contactEmail: text('contact_email').notNull().default(''),
    contactPhone: text('contact_phone').notNull().default(''),
    note: text().notNull().default(''),
    /** Who is responsible for personal data in the municipality, as the privacy notice names them; empty where nobody was asked yet. */
    boardName: text('board_name').notNull().default(''),
    boardContact: text('board_contact').notNull().default(''),
    dpoContact: text('dpo_contact').notNull().default(''),
    submittedOn: text('submitted_on'),
    approvedOn: text('approved_on'),
    remindedOn: text('reminded_on'),
  },
  (table) => [
    primaryKey({ columns: [table.roundId, table.municipalityCode] }),
    check('enrolments_state', oneOf('state', enrolmentStates)),
  ],
)

/** Which groups a municipality registers at which unit, and how many people it expects to meet there. */
export const enrolmentPlaces = sqliteTable(
  'enrolment_places',
  {
    roundId: text('round_id').notNull(),
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    targetGroup: text('target_group', { enum: targetGroups }).notNull(),
    expected: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.roundId, table.unitId, table.targetGroup] }),
    foreignKey({
      columns: [table.roundId, table.targetGroup],
      foreignColumns: [roundGroups.roundId, roundGroups.targetGroup],
    }),
    check('enrolment_places_expected', sql`"expected" >= 0`),
  ],
)
