import { randomBytes } from 'node:crypto'
import { and, asc, eq, ne } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Database } from '../database/connection.ts'
import { step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { roundGroups, rounds } from '../round/tables.ts'
import { byName } from '../text/name-order.ts'
import type { Scope } from './scope.ts'
import { within } from './scope-store.ts'
import { municipalities, strata, units } from './tables.ts'
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
  return transaction(db, function* (tx) {
    const isOurs = eq(municipalities.code, unit.municipalityCode)
    if (!(yield* step(tx.select().from(municipalities).where(isOurs).get())))
      throw new DomainError('not-found', `There is no municipality with the code ${unit.municipalityCode}.`)

    const own = yield* step(tx.select().from(units).where(eq(units.municipalityCode, unit.municipalityCode)).all())
    const known = findNamesake(own, unit.name)
    if (known) return known
    const made = { id: randomBytes(4).toString('hex'), ...unit }
    yield* step(tx.insert(units).values(made).run())
    return made
  })
}

/** Makes the strata of a unit in a round, one for each group; those that exist stay as they are. @throws DomainError `conflict` for a group the round does not have. */
export async function addStrata(db: Database, roundId: string, unitId: string, groups: TargetGroup[]): Promise<void> {
  await transaction(db, function* (tx) {
    const asked = yield* step(tx.select().from(roundGroups).where(eq(roundGroups.roundId, roundId)).all())
    const unasked = groups.find((group) => !asked.some(({ targetGroup }) => targetGroup === group))
    if (unasked) throw new DomainError('conflict', `Round ${roundId} does not ask the group ${unasked}.`)

    for (const targetGroup of groups) {
      const row = { id: randomBytes(8).toString('hex'), roundId, unitId, targetGroup }
      yield* step(tx.insert(strata).values(row).onConflictDoNothing().run())
    }
  })
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
  return (
    await db
      .select(placed)
      .from(strata)
      .innerJoin(units, eq(units.id, strata.unitId))
      .innerJoin(municipalities, eq(municipalities.code, units.municipalityCode))
      .where(and(eq(strata.roundId, roundId), within(scope)))
      .orderBy(asc(strata.targetGroup))
      .all()
  ).sort(
    byName(
      ({ municipalityCode }) => municipalityCode,
      ({ unit }) => unit,
    ),
  )
}

/** The ids of all strata of the round and the municipality that a stratum is of. */
export async function listStrataBeside(db: Database, id: string): Promise<string[]> {
  const [beside, others] = [alias(units, 'beside'), alias(strata, 'others')]
  const rows = await db
    .select({ id: others.id })
    .from(strata)
    .innerJoin(units, eq(units.id, strata.unitId))
    .innerJoin(beside, eq(beside.municipalityCode, units.municipalityCode))
    .innerJoin(others, and(eq(others.unitId, beside.id), eq(others.roundId, strata.roundId)))
    .where(eq(strata.id, id))
    .all()
  return rows.map((other) => other.id)
}

/** The units within a scope, by municipality and name. */
export async function listUnits(db: Database, scope: Scope): Promise<Unit[]> {
  const all = await db.select().from(units).where(within(scope)).all()
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
  const all = await db.select({ code, name, county }).from(municipalities).all()
  return all.sort(byName(({ name }) => name))
}

/** The county of each municipality, by their codes. */
export async function listCounties(db: Database): Promise<Map<string, string>> {
  const { code, countyCode } = municipalities
  return new Map((await db.select({ code, countyCode }).from(municipalities).values()) as [string, string][])
}

/** A stratum that somebody works with, and its round's state. @throws DomainError `not-found`, also outside the scope. */
export async function getStratumWithin(db: Database, scope: Scope, id: string) {
  const stratum = await db
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
  const unit = await db
    .select()
    .from(units)
    .where(and(eq(units.id, id), within(scope)))
    .get()
  if (!unit) throw new DomainError('not-found', `There is no unit ${id}.`)
  return unit
}

/** Gives a unit another name, and gives whether it is another. @throws DomainError `conflict` when another unit of the municipality has it. */
export async function renameUnit(db: Database, { id, municipalityCode }: Unit, name: string): Promise<boolean> {
  return transaction(db, function* (tx) {
    const isOther = and(eq(units.municipalityCode, municipalityCode), ne(units.id, id))
    const others = yield* step(tx.select().from(units).where(isOther).all())
    if (findNamesake(others, name)) throw new DomainError('conflict', `There is a unit ${name} already.`)
    const hasAnother = and(eq(units.id, id), ne(units.name, name))
    const { changes } = yield* step(tx.update(units).set({ name }).where(hasAnother).run())
    return changes === 1
  })
}
