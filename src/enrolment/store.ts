import { randomBytes } from 'node:crypto'
import { and, asc, desc, eq, exists, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { enrolmentPlaces, enrolments, municipalities, rounds, staff, strata, units } from '../database/schema.ts'
import { removeIfUnused, removingStrata, type Transaction } from '../database/unused-strata.ts'
import { DomainError } from '../errors.ts'
import { byName } from '../name-order.ts'
import { foldedName } from '../organisation/unit-name.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import type { EnrolmentState } from '../round/enrolment.ts'
import type { Contact, EnrolmentForm, NewUnit } from './enrolment-form.ts'
import type { Place } from './place.ts'

export interface Enrolment extends Contact {
  state: EnrolmentState
  submittedOn?: string
  approvedOn?: string
  remindedOn?: string
}

/** A municipality in a round. */
export interface At {
  roundId: string
  municipalityCode: string
}

/** A municipality's registration; `undefined` when it has neither answered nor been reminded. */
export async function findEnrolment(db: Database, at: At): Promise<Enrolment | undefined> {
  const row = db.select().from(enrolments).where(isAt(at)).get()
  return row && enrolmentOf(row)
}

const isAt = ({ roundId, municipalityCode }: At) =>
  and(eq(enrolments.roundId, roundId), eq(enrolments.municipalityCode, municipalityCode))

function enrolmentOf({ submittedOn, approvedOn, remindedOn, ...row }: typeof enrolments.$inferSelect): Enrolment {
  return {
    ...row,
    submittedOn: submittedOn ?? undefined,
    approvedOn: approvedOn ?? undefined,
    remindedOn: remindedOn ?? undefined,
  }
}

/** The municipality of a code. @throws DomainError `not-found`. */
export async function getMunicipality(db: Database, code: string): Promise<{ code: string; name: string }> {
  const { code: its, name } = municipalities
  const municipality = db.select({ code: its, name }).from(municipalities).where(eq(its, code)).get()
  if (!municipality) throw new DomainError('not-found', `There is no municipality ${code}.`)
  return municipality
}

/**
 * Which groups are registered at which units. A stratum without a place, such as one made on the command line, is a place where
 * nobody knows how many; not so once a registration has been sent in that waits for its approval, or a no.
 */
export async function listPlaces(db: Database, at: At): Promise<Place[]> {
  const places = placesOf(db, at)
  const state = db.select().from(enrolments).where(isAt(at)).get()?.state
  if (state === 'submitted' || state === 'abstains') return places
  const made = strataOf(db, at).map(({ unitId, targetGroup }) => ({ unitId, targetGroup, expected: 0 }))
  return [...places, ...made.filter((stratum) => !places.some((place) => isSamePlace(place, stratum)))]
}

const isSamePlace = (a: Omit<Place, 'expected'>, b: Omit<Place, 'expected'>) =>
  a.unitId === b.unitId && a.targetGroup === b.targetGroup

function placesOf(db: Database | Transaction, { roundId, municipalityCode }: At): Place[] {
  const { unitId, targetGroup, expected } = enrolmentPlaces
  return db
    .select({ unitId, targetGroup, expected })
    .from(units)
    .innerJoin(enrolmentPlaces, eq(units.id, unitId))
    .where(and(eq(enrolmentPlaces.roundId, roundId), eq(units.municipalityCode, municipalityCode)))
    .all()
}

function strataOf(db: Database | Transaction, { roundId, municipalityCode }: At) {
  const { id, unitId, targetGroup } = strata
  return db
    .select({ id, unitId, targetGroup })
    .from(units)
    .innerJoin(strata, eq(units.id, unitId))
    .where(and(eq(strata.roundId, roundId), eq(units.municipalityCode, municipalityCode)))
    .all()
}

/**
 * The places of the newest earlier round in which the municipality took part, as far as this round has the groups;
 * `undefined` when there was none.
 */
export async function findEarlierPlaces(
  db: Database,
  round: { id: string; year: number; targetGroups: TargetGroup[] },
  municipalityCode: string,
): Promise<{ year: number; places: Place[] } | undefined> {
  const ofMunicipality = db
    .select({ id: strata.id })
    .from(strata)
    .innerJoin(units, eq(units.id, strata.unitId))
    .where(and(eq(strata.roundId, rounds.id), eq(units.municipalityCode, municipalityCode)))
  const earlier = db
    .select({ id: rounds.id, year: rounds.year })
    .from(rounds)
    .where(and(lt(rounds.year, round.year), exists(ofMunicipality)))
    .orderBy(desc(rounds.year), desc(rounds.id))
    .get()
  if (!earlier) return undefined
  const at = { roundId: earlier.id, municipalityCode }
  const registered = placesOf(db, at)
  const places = strataOf(db, at).map(({ unitId, targetGroup }) => ({
    ...{ unitId, targetGroup },
    expected: registered.find((place) => isSamePlace(place, { unitId, targetGroup }))?.expected ?? 0,
  }))
  return { year: earlier.year, places: places.filter(({ targetGroup }) => round.targetGroups.includes(targetGroup)) }
}

/**
 * Keeps a registration in place of the one before, with the units that came with it. When it is `approved` the strata follow it.
 * @throws DomainError `conflict` when one of the new units has the name of another.
 */
export async function saveEnrolment(
  db: Database,
  at: At,
  form: EnrolmentForm,
  { state, today }: { state: 'submitted' | 'approved'; today: string },
): Promise<void> {
  const { places, newUnits, ...contact } = form
  removingStrata(db, (tx) => {
    const made = addUnits(tx, at.municipalityCode, newUnits)
    replacePlaces(tx, at, [...places, ...made])
    const approvedOn = state === 'approved' ? today : null
    putEnrolment(tx, at, { ...contact, state, submittedOn: today, approvedOn })
    if (state === 'approved') followPlaces(tx, at)
  })
}

function addUnits(tx: Transaction, municipalityCode: string, newUnits: NewUnit[]): Place[] {
  const own = tx.select().from(units).where(eq(units.municipalityCode, municipalityCode)).all()
  const taken = new Set(own.map(({ name }) => foldedName(name)))
  return newUnits.flatMap(({ name, groups }) => {
    if (taken.has(foldedName(name))) throw new DomainError('conflict', `There is a unit ${name} already.`)
    taken.add(foldedName(name))
    const unitId = randomBytes(4).toString('hex')
    tx.insert(units).values({ id: unitId, municipalityCode, name }).run()
    return groups.map((group) => ({ unitId, ...group }))
  })
}

function replacePlaces(tx: Transaction, at: At, places: Place[]): void {
  const ofMunicipality = tx.select({ id: units.id }).from(units).where(eq(units.municipalityCode, at.municipalityCode))
  tx.delete(enrolmentPlaces)
    .where(and(eq(enrolmentPlaces.roundId, at.roundId), inArray(enrolmentPlaces.unitId, ofMunicipality)))
    .run()
  for (const place of places) putPlace(tx, at.roundId, place)
}

function putPlace(tx: Transaction, roundId: string, place: Place): void {
  tx.insert(enrolmentPlaces)
    .values({ roundId, ...place })
    .onConflictDoNothing()
    .run()
}

function putEnrolment(
  tx: Transaction,
  at: At,
  columns: Partial<typeof enrolments.$inferInsert> & { state: EnrolmentState },
) {
  tx.insert(enrolments)
    .values({ ...at, ...columns })
    .onConflictDoUpdate({ target: [enrolments.roundId, enrolments.municipalityCode], set: columns })
    .run()
}

/** Makes the strata of all places. One without a place goes when nothing happened there; else its place comes back. */
function followPlaces(tx: Transaction, at: At): void {
  const places = placesOf(tx, at)
  for (const { id, ...stratum } of strataOf(tx, at)) {
    if (places.some((place) => isSamePlace(place, stratum)) || removeIfUnused(tx, id)) continue
    putPlace(tx, at.roundId, { ...stratum, expected: 0 })
  }
  tx.run(sql`insert or ignore into strata (id, round_id, unit_id, target_group)
    select lower(hex(randomblob(8))), round_id, unit_id, target_group
    from units cross join enrolment_places on units.id = unit_id
    where round_id = ${at.roundId} and municipality_code = ${at.municipalityCode}`)
}

function makeStratum(tx: Transaction, roundId: string, { unitId, targetGroup }: Omit<Place, 'expected'>): void {
  const id = randomBytes(8).toString('hex')
  tx.insert(strata).values({ id, roundId, unitId, targetGroup }).onConflictDoNothing().run()
}

/**
 * Approves what some municipalities have sent in, which makes their strata, and gives how many there were; those that have sent
 * in nothing stay as they are.
 */
export async function approveEnrolments(
  db: Database,
  roundId: string,
  codes: string[],
  today: string,
): Promise<number> {
  return removingStrata(db, (tx) => {
    const approved = codes.filter((municipalityCode) => {
      const { changes } = tx
        .update(enrolments)
        .set({ state: 'approved', approvedOn: today })
        .where(and(isAt({ roundId, municipalityCode }), eq(enrolments.state, 'submitted')))
        .run()
      return changes === 1
    })
    for (const municipalityCode of approved) followPlaces(tx, { roundId, municipalityCode })
    return approved.length
  })
}

/**
 * Records that a municipality takes no part. What it wrote is kept, in case it changes its mind; its strata go.
 * @throws DomainError `conflict` once anything was offered or answered there.
 */
export async function abstain(db: Database, at: At, today: string): Promise<void> {
  removingStrata(db, (tx) => {
    const used = strataOf(tx, at).filter(({ id }) => !removeIfUnused(tx, id))
    if (used.length > 0)
      throw new DomainError('conflict', 'The fieldwork has begun there.', { messageKey: 'fieldworkBegun' })
    putEnrolment(tx, at, { state: 'abstains', submittedOn: today, approvedOn: null })
  })
}

/** Notes on which day some municipalities that have not answered were asked. Those that have answered stay as they are. */
export async function recordReminders(db: Database, roundId: string, codes: string[], today: string): Promise<void> {
  db.transaction((tx) => {
    for (const municipalityCode of codes)
      tx.insert(enrolments)
        .values({ roundId, municipalityCode, state: 'asked', remindedOn: today })
        .onConflictDoUpdate({
          target: [enrolments.roundId, enrolments.municipalityCode],
          set: { remindedOn: today },
          setWhere: eq(enrolments.state, 'asked'),
        })
        .run()
  })
}

/** One of the 290, and what it has answered; `state` is absent when it has neither answered nor been reminded. */
export interface EnrolmentLine {
  code: string
  name: string
  county: string
  enrolment?: Enrolment
  units: number
  expected: number
  coordinators: number
}

/** All 290 municipalities with what they have answered, by name. */
export async function listEnrolments(db: Database, roundId: string): Promise<EnrolmentLine[]> {
  const answers = db.select().from(enrolments).where(eq(enrolments.roundId, roundId)).all()
  const sums = db
    .select({
      code: units.municipalityCode,
      units: sql<number>`count(distinct ${enrolmentPlaces.unitId})`,
      expected: sql<number>`sum(${enrolmentPlaces.expected})`,
    })
    .from(enrolmentPlaces)
    .innerJoin(units, eq(units.id, enrolmentPlaces.unitId))
    .where(eq(enrolmentPlaces.roundId, roundId))
    .groupBy(units.municipalityCode)
    .all()
  const answerOf = new Map(answers.map((row) => [row.municipalityCode, enrolmentOf(row)]))
  const sumOf = new Map(sums.map((sum) => [sum.code, sum]))
  const coordinators = (await listCoordinators(db)).map(({ municipalityCode }) => municipalityCode)
  const { code, name, county } = municipalities
  return db
    .select({ code, name, county })
    .from(municipalities)
    .all()
    .sort(byName(({ name }) => name))
    .map((municipality) => ({
      ...municipality,
      enrolment: answerOf.get(municipality.code),
      units: sumOf.get(municipality.code)?.units ?? 0,
      expected: sumOf.get(municipality.code)?.expected ?? 0,
      coordinators: coordinators.filter((its) => its === municipality.code).length,
    }))
}

/** Everybody who coordinates a municipality, and in which language they work. */
export async function listCoordinators(
  db: Database,
): Promise<{ municipalityCode: string; email: string; language: string }[]> {
  const { municipalityCode, email, language } = staff
  return db
    .select({ municipalityCode: sql<string>`${municipalityCode}`, email, language })
    .from(staff)
    .where(and(eq(staff.role, 'coordinator'), isNull(staff.endedOn)))
    .orderBy(asc(email))
    .all()
}

/** Whether a municipality has strata in a round, or has been approved so that its places become strata. */
export async function isTakingPart(db: Database, at: At): Promise<boolean> {
  const enrolment = await findEnrolment(db, at)
  return enrolment?.state === 'approved' || (enrolment?.state !== 'abstains' && strataOf(db, at).length > 0)
}

/** Adds places, and their strata where the municipality takes part; what is there stays. */
export async function addPlaces(
  db: Database,
  roundId: string,
  places: Place[],
  { withStrata }: { withStrata: boolean },
): Promise<void> {
  db.transaction((tx) => {
    for (const place of places) {
      putPlace(tx, roundId, place)
      if (withStrata) makeStratum(tx, roundId, place)
    }
  })
}

/**
 * Says which groups a unit meets in a round, and makes and removes its strata where the municipality takes part.
 * @throws DomainError `conflict` when a group would go at which something has happened; nothing is changed then.
 */
export async function setGroups(
  db: Database,
  { roundId, unitId, groups }: { roundId: string; unitId: string; groups: TargetGroup[] },
  { withStrata }: { withStrata: boolean },
): Promise<void> {
  removingStrata(db, (tx) => {
    const ofUnit = and(eq(strata.roundId, roundId), eq(strata.unitId, unitId))
    const surplus = tx.select().from(strata).where(ofUnit).all()
    for (const { id, targetGroup } of surplus.filter(({ targetGroup }) => !groups.includes(targetGroup))) {
      if (!removeIfUnused(tx, id))
        throw new DomainError('conflict', `Something has happened with ${targetGroup}.`, { messageKey: 'groupInUse' })
    }
    const { roundId: inRound, unitId: atUnit } = enrolmentPlaces
    const places = tx
      .select()
      .from(enrolmentPlaces)
      .where(and(eq(inRound, roundId), eq(atUnit, unitId)))
      .all()
    for (const { targetGroup } of places.filter((place) => !groups.includes(place.targetGroup)))
      tx.delete(enrolmentPlaces)
        .where(and(eq(inRound, roundId), eq(atUnit, unitId), eq(enrolmentPlaces.targetGroup, targetGroup)))
        .run()
    for (const targetGroup of groups) {
      putPlace(tx, roundId, { unitId, targetGroup, expected: 0 })
      if (withStrata) makeStratum(tx, roundId, { unitId, targetGroup })
    }
  })
}

/**
 * Adds many units with their groups, all or none.
 * @throws DomainError `conflict` when one of them has the name of another.
 */
export async function addUnitsWithGroups(
  db: Database,
  municipalityCode: string,
  newUnits: NewUnit[],
  placed: { roundId: string; withStrata: boolean } | undefined,
): Promise<void> {
  db.transaction((tx) => {
    const places = addUnits(tx, municipalityCode, newUnits)
    for (const place of placed ? places : []) {
      putPlace(tx, placed!.roundId, place)
      if (placed!.withStrata) makeStratum(tx, placed!.roundId, place)
    }
  })
}
