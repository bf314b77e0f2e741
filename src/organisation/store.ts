import { randomBytes } from 'node:crypto'
import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { enrolmentPlaces, municipalities, roundGroups, rounds, staffUnits, strata, units } from '../database/schema.ts'
import { hasActivity, removeIfUnused, removingStrata, type Transaction } from '../database/unused-strata.ts'
import { within } from '../database/within.ts'
import { DomainError } from '../errors.ts'
import { byName } from '../name-order.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import type { Scope } from '../staff/scope.ts'
import { findNamesake } from './unit-name.ts'

export interface Unit {
  id: string
  name: string
  municipalityCode: string
}

/** One target group at one unit in one round, with the names a person needs to recognise it. */
export interface Stratum {
  id: string
  roundId: string
  unitId: string
  unit: string
  municipalityCode: string
  municipality: string
  targetGroup: TargetGroup
}

/**
 * The unit of that name, made when the municipality has none yet; capitals make no other name.
 * @throws DomainError `not-found` when there is no such municipality.
 */
export async function addUnit(db: Database, unit: { municipalityCode: string; name: string }): Promise<Unit> {
  const [municipality] = db.select().from(municipalities).where(eq(municipalities.code, unit.municipalityCode)).all()
  if (!municipality)
    throw new DomainError('not-found', `There is no municipality with the code ${unit.municipalityCode}.`)

  const own = db.select().from(units).where(eq(units.municipalityCode, unit.municipalityCode)).all()
  const known = findNamesake(own, unit.name)
  if (known) return known
  const made = { id: randomBytes(4).toString('hex'), ...unit }
  db.insert(units).values(made).run()
  return made
}

/** Makes the strata of a unit in a round, one for each group; those that exist stay as they are. @throws DomainError `conflict` for a group the round does not have. */
export async function addStrata(db: Database, roundId: string, unitId: string, groups: TargetGroup[]): Promise<void> {
  const asked = new Set(
    db
      .select()
      .from(roundGroups)
      .where(eq(roundGroups.roundId, roundId))
      .all()
      .map(({ targetGroup }) => targetGroup),
  )
  const unasked = groups.find((group) => !asked.has(group))
  if (unasked) throw new DomainError('conflict', `Round ${roundId} does not ask the group ${unasked}.`)

  for (const targetGroup of groups) {
    db.insert(strata)
      .values({ id: randomBytes(8).toString('hex'), roundId, unitId, targetGroup })
      .onConflictDoNothing()
      .run()
  }
}

/** A stratum with its place, of `strata` joined with its unit and municipality. */
const placed = {
  id: strata.id,
  roundId: strata.roundId,
  unitId: units.id,
  unit: units.name,
  municipalityCode: municipalities.code,
  municipality: municipalities.name,
  targetGroup: strata.targetGroup,
}

/** The strata of a round within a scope, or of all of it, by municipality, unit and target group. */
export async function listStrata(db: Database, roundId: string, scope: Scope = {}): Promise<Stratum[]> {
  return db
    .select(placed)
    .from(strata)
    .innerJoin(units, eq(units.id, strata.unitId))
    .innerJoin(municipalities, eq(municipalities.code, units.municipalityCode))
    .where(and(eq(strata.roundId, roundId), within(scope)))
    .orderBy(asc(strata.targetGroup))
    .all()
    .sort(
      byName(
        ({ municipalityCode }) => municipalityCode,
        ({ unit }) => unit,
      ),
    )
}

/** The units within a scope, by municipality and name. */
export async function listUnits(db: Database, scope: Scope): Promise<Unit[]> {
  const all = db.select().from(units).where(within(scope)).all()
  return all.sort(
    byName(
      ({ municipalityCode }) => municipalityCode,
      ({ name }) => name,
    ),
  )
}

/** All 290 municipalities, by name. */
export async function listMunicipalities(db: Database): Promise<{ code: string; name: string; county: string }[]> {
  const { code, name, county } = municipalities
  const all = db.select({ code, name, county }).from(municipalities).all()
  return all.sort(byName(({ name }) => name))
}

/** A stratum that somebody works with, and its round's state. @throws DomainError `not-found`, also outside the scope. */
export async function getStratumWithin(db: Database, scope: Scope, id: string) {
  const stratum = db
    .select({ ...placed, state: rounds.state, isPaused: rounds.isPaused })
    .from(strata)
    .innerJoin(rounds, eq(rounds.id, strata.roundId))
    .innerJoin(units, eq(units.id, strata.unitId))
    .innerJoin(municipalities, eq(municipalities.code, units.municipalityCode))
    .where(and(eq(strata.id, id), within(scope)))
    .get()
  if (!stratum) throw new DomainError('not-found', `There is no stratum ${id}. See: brukarsvar round status`)
  return stratum
}

/** A unit that somebody works with. @throws DomainError `not-found`, also outside the scope. */
export async function getUnitWithin(db: Database, scope: Scope, id: string): Promise<Unit> {
  const unit = db
    .select()
    .from(units)
    .where(and(eq(units.id, id), within(scope)))
    .get()
  if (!unit) throw new DomainError('not-found', `There is no unit ${id}.`)
  return unit
}

/** Gives a unit another name. @throws DomainError `conflict` when another unit of the municipality has it. */
export async function renameUnit(db: Database, { id, municipalityCode }: Unit, name: string): Promise<void> {
  const others = db
    .select()
    .from(units)
    .where(and(eq(units.municipalityCode, municipalityCode), ne(units.id, id)))
    .all()
  if (findNamesake(others, name)) throw new DomainError('conflict', `There is a unit ${name} already.`)
  db.update(units).set({ name }).where(eq(units.id, id)).run()
}

/**
 * Makes one unit of two: strata, expected numbers and staff of the first go over to the second, and the first is gone.
 * A ballot holds its stratum's id sealed inside, so strata move and ballots never do.
 * @throws DomainError `conflict` when both have a group in one round and something has happened with it at either;
 * nothing is changed then.
 */
export async function mergeUnits(db: Database, from: Unit, into: Unit): Promise<void> {
  if (from.id === into.id || from.municipalityCode !== into.municipalityCode)
    throw new DomainError('invalid', 'These are not two units of one municipality.')
  removingStrata(db, (tx) => {
    const at = (unit: Unit) => tx.select().from(strata).where(eq(strata.unitId, unit.id)).all()
    const kept = at(into)
    for (const { id, roundId, targetGroup } of at(from)) {
      const same = kept.find((stratum) => stratum.roundId === roundId && stratum.targetGroup === targetGroup)
      if (!same) tx.update(strata).set({ unitId: into.id }).where(eq(strata.id, id)).run()
      else if (hasActivity(tx, same.id) || !removeIfUnused(tx, id))
        throw new DomainError('conflict', `Something has happened with ${targetGroup}.`, { messageKey: 'mergeInUse' })
    }
    tx.run(sql`insert into enrolment_places (round_id, unit_id, target_group, expected)
      select round_id, ${into.id}, target_group, expected from enrolment_places where unit_id = ${from.id}
      on conflict do update set expected = expected + excluded.expected`)
    tx.run(sql`insert or ignore into staff_units (staff_id, unit_id)
      select staff_id, ${into.id} from staff_units where unit_id = ${from.id}`)
    removeUnit(tx, from.id)
  })
}

/** Removes a unit where nothing has ever happened. @throws DomainError `conflict` otherwise; nothing is changed then. */
export async function deleteUnit(db: Database, { id }: Unit): Promise<void> {
  const inUse = new DomainError('conflict', `Something has happened at ${id}.`, { messageKey: 'unitInUse' })
  removingStrata(db, (tx) => {
    const own = tx.select().from(strata).where(eq(strata.unitId, id)).all()
    if (own.some((stratum) => hasActivity(tx, stratum.id))) throw inUse
    if (own.some((stratum) => !removeIfUnused(tx, stratum.id))) throw inUse
    removeUnit(tx, id)
  })
}

function removeUnit(tx: Transaction, id: string): void {
  tx.delete(enrolmentPlaces).where(eq(enrolmentPlaces.unitId, id)).run()
  tx.delete(staffUnits).where(eq(staffUnits.unitId, id)).run()
  tx.delete(units).where(eq(units.id, id)).run()
}
