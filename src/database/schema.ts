/**
 * All tables, in the order of the story: where, when, who was offered, what came into the urn, what was opened, who works here.
 *
 * The respondents' tables (invitations, spent, urn) never hold a time, a language, an address, a device, a session,
 * a running number or a row id: docs/decisions/001. `test/anonymity/schema.test.ts` reads the live schema and fails on any.
 */
import { sql } from 'drizzle-orm'
import {
  blob,
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { channels, dispositions, invitationChannels, talliedDispositions } from '../invitation/disposition.ts'
import { targetGroups } from '../questionnaire/target-groups.ts'
import { enrolmentStates } from '../round/enrolment.ts'
import { roundStates } from '../round/round.ts'
import { roles } from '../staff/roles.ts'
import { heldStates, tabletStates } from '../tablet/tablet.ts'

const oneOf = (column: string, words: readonly string[]) =>
  sql.raw(`"${column}" in (${words.map((word) => `'${word}'`).join(', ')})`)

/** A fingerprint of the key folder, so that a database is never run with another's peppers. Not a key. */
export const keyChecks = sqliteTable('key_checks', {
  name: text().primaryKey(),
  fingerprint: text().notNull(),
})

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

/** One yearly survey. The public key seals its ballots; the private key is not here and never on this machine while answers are collected. */
export const rounds = sqliteTable(
  'rounds',
  {
    id: text().primaryKey(),
    year: integer().notNull(),
    state: text({ enum: roundStates }).notNull(),
    opensOn: text('opens_on').notNull(),
    closesOn: text('closes_on').notNull(),
    publicKey: blob('public_key', { mode: 'buffer' }).notNull(),
    /** Between which days municipalities register for the round. */
    registrationOpensOn: text('registration_opens_on'),
    registrationClosesOn: text('registration_closes_on'),
    /** A pause lets nobody begin; those who have begun, and tablets that hold answers, are still taken. */
    isPaused: integer('is_paused', { mode: 'boolean' }).notNull().default(false),
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

/**
 * Codes that were issued together. `leftover` is how many were never handed out: null for a printed batch
 * until it is posted or counted back in, 0 for codes drawn one by one. Printed is not offered.
 */
export const batches = sqliteTable(
  'batches',
  {
    id: text().primaryKey(),
    stratumId: text('stratum_id')
      .notNull()
      .references(() => strata.id),
    channel: text({ enum: invitationChannels }).notNull(),
    drawn: integer({ mode: 'boolean' }).notNull(),
    issued: integer().notNull(),
    leftover: integer(),
    undeliverable: integer().notNull().default(0),
    /** The day a printed batch was issued, so that staff recognise it; null for codes drawn one by one. */
    issuedOn: text('issued_on'),
  },
  (table) => [
    check('batches_channel', oneOf('channel', invitationChannels)),
    check(
      'batches_counts',
      sql`"issued" >= 0 and coalesce("leftover", 0) between 0 and "issued" and "undeliverable" >= 0`,
    ),
    index('batches_stratum').on(table.stratumId),
  ],
)

/** One offer with a code. Holds the code's tag, never the code, and nothing that tells whether it was used. */
export const invitations = sqliteTable(
  'invitations',
  {
    codeTag: blob('code_tag', { mode: 'buffer' }).primaryKey(),
    batchId: text('batch_id')
      .notNull()
      .references(() => batches.id),
    disposition: text({ enum: dispositions }).notNull(),
  },
  () => [check('invitations_disposition', oneOf('disposition', dispositions))],
)

/** What is counted without a code: declined, and paper forms handed out. Counts only, by stratum and channel. */
export const tallies = sqliteTable(
  'tallies',
  {
    stratumId: text('stratum_id')
      .notNull()
      .references(() => strata.id),
    channel: text({ enum: channels }).notNull(),
    disposition: text({ enum: talliedDispositions }).notNull(),
    number: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.stratumId, table.channel, table.disposition] }),
    check('tallies_channel', oneOf('channel', channels)),
    check('tallies_disposition', oneOf('disposition', talliedDispositions)),
    check('tallies_number', sql`"number" >= 0`),
  ],
)

/** The marks of used codes, under a second pepper. No invitation, no ballot, no time. */
export const spent = sqliteTable('spent', {
  tag: blob({ mode: 'buffer' }).primaryKey(),
  stratumId: text('stratum_id')
    .notNull()
    .references(() => strata.id),
})

/**
 * Sealed ballots, all of one length, readable by nobody before the opening. The id is random and the idempotency key.
 * No index: it would be a third page to write and sync for every answer.
 */
export const urn = sqliteTable(
  'urn',
  {
    ballotId: blob('ballot_id', { mode: 'buffer' }).primaryKey(),
    stratumId: text('stratum_id')
      .notNull()
      .references(() => strata.id),
    channel: text({ enum: channels }).notNull(),
    sealed: blob({ mode: 'buffer' }).notNull(),
  },
  () => [check('urn_channel', oneOf('channel', channels)), check('urn_sealed', sql`length("sealed") = 112`)],
)

/** How many ballots of each stratum and channel are in the urn: written with them, so that nobody has to count the urn. */
export const urnCounts = sqliteTable(
  'urn_counts',
  {
    stratumId: text('stratum_id')
      .notNull()
      .references(() => strata.id),
    channel: text({ enum: channels }).notNull(),
    number: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.stratumId, table.channel] }),
    check('urn_counts_channel', oneOf('channel', channels)),
  ],
)

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
    waiting: integer().notNull().default(0),
    delivered: integer().notNull().default(0),
    /** How often its declines have changed by its last report, so that one that comes late changes nothing. It counts no contacts. */
    sequence: integer().notNull().default(0),
    /** What it said of its browser: of the device, never of a person. Null as long as it has said nothing. */
    worksOffline: integer('works_offline', { mode: 'boolean' }),
    isPromised: integer('is_promised', { mode: 'boolean' }),
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

/** What the opening of a round found. The counts are sealed to the round's key again: they hold small cells. */
export const openings = sqliteTable('openings', {
  roundId: text('round_id')
    .primaryKey()
    .references(() => rounds.id),
  ballots: integer().notNull(),
  sealedCounts: blob('sealed_counts', { mode: 'buffer' }).notNull(),
})

/**
 * What is told of the numbers of answers of a round, worked out once a night: src/disclosure/told.ts. `moved` is the number at which it
 * last changed. Of strata, municipalities and the nation; nothing else of answers is shown to anybody before the close.
 */
export const toldNumbers = sqliteTable(
  'told_numbers',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    place: text().notNull(),
    part: text().notNull(),
    low: integer().notNull(),
    high: integer().notNull(),
    moved: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.roundId, table.place, table.part] }),
    check('told_numbers_range', sql`"low" <= "high"`),
  ],
)

/**
 * What was told of a round on the evening of a day, of each municipality and of the nation: how the fieldwork went on. Counts of many
 * people, as ranges; no answer has a time, and none of these is of a unit. That the nation is there says that the day was told.
 */
export const fieldworkDays = sqliteTable(
  'fieldwork_days',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => rounds.id),
    day: text().notNull(),
    /** A municipality's code, or `nation`. */
    place: text().notNull(),
    offeredLow: integer('offered_low').notNull(),
    offeredHigh: integer('offered_high').notNull(),
    respondedLow: integer('responded_low').notNull(),
    respondedHigh: integer('responded_high').notNull(),
    /** In ten thousandths; null where none is told. */
    rateLow: integer('rate_low'),
    rateHigh: integer('rate_high'),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.day, table.place] })],
)

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
    /** Of a form with a code: the mark that it will leave. */
    spentTag: blob('spent_tag', { mode: 'buffer' }),
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

/**
 * What staff did: who, what, when, on what. Never an answer, never a code. What is done with a respondent at hand is kept
 * as a number in an hour, so that no moment can be laid beside an answer.
 */
export const audit = sqliteTable(
  'audit',
  {
    /** ISO instant, or the hour of it such as `2026-09-15T09`. */
    at: text().notNull(),
    id: text().notNull(),
    staffId: text('staff_id').notNull(),
    action: text().notNull(),
    /** What it was done on: an id, a name or a municipality's code. */
    subject: text().notNull(),
    municipalityCode: text('municipality_code'),
    number: integer().notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.at, table.id] })],
)
