import { randomBytes } from 'node:crypto'
import { and, asc, eq } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { municipalities, roundGroups, rounds, strata, units } from '../database/schema.ts'
import { within } from '../database/within.ts'
import { DomainError } from '../errors.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import type { Scope } from '../staff/scope.ts'

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
 * The unit of that name, made when the municipality has none yet.
 * @throws DomainError `not-found` when there is no such municipality.
 */
export async function addUnit(db: Database, unit: { municipalityCode: string; name: string }): Promise<Unit> {
  const [municipality] = db.select().from(municipalities).where(eq(municipalities.code, unit.municipalityCode)).all()
  if (!municipality)
    throw new DomainError('not-found', `There is no municipality with the code ${unit.municipalityCode}.`)

  db.insert(units)
    .values({ id: randomBytes(4).toString('hex'), ...unit })
    .onConflictDoNothing()
    .run()
  const [stored] = db
    .select()
    .from(units)
    .where(and(eq(units.municipalityCode, unit.municipalityCode), eq(units.name, unit.name)))
    .all()
  return stored!
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

/** The strata of a round within a scope, or of all of it, by municipality, unit and target group. */
export async function listStrata(db: Database, roundId: string, scope: Scope = {}): Promise<Stratum[]> {
  return db
    .select({
      id: strata.id,
      roundId: strata.roundId,
      unitId: units.id,
      unit: units.name,
      municipalityCode: municipalities.code,
      municipality: municipalities.name,
      targetGroup: strata.targetGroup,
    })
    .from(strata)
    .innerJoin(units, eq(units.id, strata.unitId))
    .innerJoin(municipalities, eq(municipalities.code, units.municipalityCode))
    .where(and(eq(strata.roundId, roundId), within(scope)))
    .orderBy(asc(municipalities.code), asc(units.name), asc(strata.targetGroup))
    .all()
}

/** The stratum and its round's state. @throws DomainError `not-found`. */
export async function getStratum(db: Database, id: string) {
  const [stratum] = db
    .select({ id: strata.id, roundId: strata.roundId, targetGroup: strata.targetGroup, state: rounds.state })
    .from(strata)
    .innerJoin(rounds, eq(rounds.id, strata.roundId))
    .where(eq(strata.id, id))
    .all()
  if (!stratum) throw new DomainError('not-found', `There is no stratum ${id}. See: brukarsvar round status`)
  return stratum
}

/** The units within a scope, by municipality and name. */
export async function listUnits(db: Database, scope: Scope): Promise<Unit[]> {
  return db.select().from(units).where(within(scope)).orderBy(asc(units.municipalityCode), asc(units.name)).all()
}

/** All 290 municipalities, by name. */
export async function listMunicipalities(db: Database): Promise<{ code: string; name: string; county: string }[]> {
  const { code, name, county } = municipalities
  const all = db.select({ code, name, county }).from(municipalities).all()
  return all.sort((a, b) => a.name.localeCompare(b.name, 'sv'))
}

/** A stratum that somebody works with, and its round's state. @throws DomainError `not-found`, also outside the scope. */
export async function getStratumWithin(db: Database, scope: Scope, id: string) {
  const stratum = db
    .select({
      id: strata.id,
      roundId: strata.roundId,
      unitId: units.id,
      unit: units.name,
      municipalityCode: municipalities.code,
      municipality: municipalities.name,
      targetGroup: strata.targetGroup,
      state: rounds.state,
      isPaused: rounds.isPaused,
    })
    .from(strata)
    .innerJoin(rounds, eq(rounds.id, strata.roundId))
    .innerJoin(units, eq(units.id, strata.unitId))
    .innerJoin(municipalities, eq(municipalities.code, units.municipalityCode))
    .where(and(eq(strata.id, id), within(scope)))
    .get()
  if (!stratum) throw new DomainError('not-found', `There is no stratum ${id}.`)
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
