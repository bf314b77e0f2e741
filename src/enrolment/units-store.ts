import { and, eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import type { Unit } from '../organisation/store.ts'
import { strata, units } from '../organisation/tables.ts'
import { hasActivity, removeIfUnused, removingStrata } from '../organisation/unused-strata-store.ts'
import { staffUnits } from '../people/tables.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import type { NewUnit } from './enrolment-form.ts'
import { requireOpen } from './open-store.ts'
import type { EnrolmentPlace } from './place.ts'
import { addUnits, makeStratum, putPlace } from './places-store.ts'
import { enrolmentPlaces } from './tables.ts'

/**
 * Adds places, and their strata where the municipality takes part; what is there stays. Gives whether any was missing.
 * @throws DomainError `conflict` once the round is closed.
 */
export async function addPlaces(
  db: Database,
  roundId: string,
  places: EnrolmentPlace[],
  { withStrata }: { withStrata: boolean },
): Promise<boolean> {
  return transaction(db, function* (tx) {
    yield* requireOpen(tx, roundId)
    let isAnyNew = false
    for (const place of places) isAnyNew = (yield* addPlace(tx, roundId, place, withStrata)) || isAnyNew
    return isAnyNew
  })
}

/** Adds one place, and its stratum where there are any. Gives whether either was missing. */
function* addPlace(tx: Transaction, roundId: string, place: EnrolmentPlace, withStrata: boolean): Steps<boolean> {
  const isNew = yield* putPlace(tx, roundId, place)
  return (withStrata && (yield* makeStratum(tx, roundId, place))) || isNew
}

/** Which groups a unit meets in a round. */
export interface UnitGroups {
  unitId: string
  groups: TargetGroup[]
}

/**
 * Says which groups some units meet in a round, and makes and removes their strata where the municipality takes part. Gives the units for
 * which that is new.
 * @throws DomainError `conflict` once the round is closed, and, whose `values` name the unit and the group, when a group would go at which
 * something has happened; nothing is changed then.
 */
export async function setGroups(
  db: Database,
  roundId: string,
  units: UnitGroups[],
  { withStrata }: { withStrata: boolean },
): Promise<string[]> {
  return removingStrata(db, function* (tx) {
    yield* requireOpen(tx, roundId)
    const others: string[] = []
    for (const unit of units) if (yield* setGroupsAt(tx, roundId, unit, withStrata)) others.push(unit.unitId)
    return others
  })
}

function* setGroupsAt(
  tx: Transaction,
  roundId: string,
  { unitId, groups }: UnitGroups,
  withStrata: boolean,
): Steps<boolean> {
  const ofUnit = and(eq(strata.roundId, roundId), eq(strata.unitId, unitId))
  const made = yield* step(tx.select().from(strata).where(ofUnit).all())
  const surplus = made.filter(({ targetGroup }) => !groups.includes(targetGroup))
  for (const { id, targetGroup } of surplus) if (!(yield* removeIfUnused(tx, id))) throw groupInUse(unitId, targetGroup)
  const { roundId: inRound, unitId: atUnit } = enrolmentPlaces
  const places = yield* step(
    tx
      .select()
      .from(enrolmentPlaces)
      .where(and(eq(inRound, roundId), eq(atUnit, unitId)))
      .all(),
  )
  const gone = places.filter((place) => !groups.includes(place.targetGroup))
  for (const { targetGroup } of gone)
    yield* step(
      tx
        .delete(enrolmentPlaces)
        .where(and(eq(inRound, roundId), eq(atUnit, unitId), eq(enrolmentPlaces.targetGroup, targetGroup)))
        .run(),
    )
  let isOther = gone.length > 0 || surplus.length > 0
  for (const targetGroup of groups)
    isOther = (yield* addPlace(tx, roundId, { unitId, targetGroup, expected: 0 }, withStrata)) || isOther
  return isOther
}

const groupInUse = (unitId: string, targetGroup: TargetGroup) =>
  new DomainError('conflict', `Something has happened with ${targetGroup}.`, {
    messageKey: 'groupInUse',
    values: { unitId, targetGroup },
  })

/**
 * Adds many units with their groups, all or none.
 * @throws DomainError `conflict` when one of them has the name of another, or the round is closed that they are placed in.
 */
export async function addUnitsWithGroups(
  db: Database,
  municipalityCode: string,
  newUnits: NewUnit[],
  placed: { roundId: string; withStrata: boolean } | undefined,
): Promise<void> {
  await transaction(db, function* (tx) {
    if (placed) yield* requireOpen(tx, placed.roundId)
    const places = yield* addUnits(tx, municipalityCode, newUnits)
    for (const place of placed ? places : []) {
      yield* putPlace(tx, placed!.roundId, place)
      if (placed!.withStrata) yield* makeStratum(tx, placed!.roundId, place)
    }
  })
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
  await removingStrata(db, function* (tx) {
    const at = (unit: Unit) => step(tx.select().from(strata).where(eq(strata.unitId, unit.id)).all())
    const kept = yield* at(into)
    for (const { id, roundId, targetGroup } of yield* at(from)) {
      const same = kept.find((stratum) => stratum.roundId === roundId && stratum.targetGroup === targetGroup)
      if (!same) yield* step(tx.update(strata).set({ unitId: into.id }).where(eq(strata.id, id)).run())
      else if ((yield* hasActivity(tx, same.id)) || !(yield* removeIfUnused(tx, id)))
        throw new DomainError('conflict', `Something has happened with ${targetGroup}.`, { messageKey: 'mergeInUse' })
    }
    yield* step(
      tx.run(sql`insert into enrolment_places (round_id, unit_id, target_group, expected)
        select round_id, ${into.id}, target_group, expected from enrolment_places where unit_id = ${from.id}
        on conflict (round_id, unit_id, target_group) do update set expected = enrolment_places.expected + excluded.expected`),
    )
    yield* step(
      tx.run(sql`insert into staff_units (staff_id, unit_id)
        select staff_id, ${into.id} from staff_units where unit_id = ${from.id} on conflict do nothing`),
    )
    yield* removeUnit(tx, from.id)
  })
}

/** Removes a unit where nothing has ever happened. @throws DomainError `conflict` otherwise; nothing is changed then. */
export async function deleteUnit(db: Database, { id }: Unit): Promise<void> {
  const inUse = new DomainError('conflict', `Something has happened at ${id}.`, { messageKey: 'unitInUse' })
  await removingStrata(db, function* (tx) {
    const own = yield* step(tx.select().from(strata).where(eq(strata.unitId, id)).all())
    for (const stratum of own) if (!(yield* removeIfUnused(tx, stratum.id))) throw inUse
    yield* removeUnit(tx, id)
  })
}

function* removeUnit(tx: Transaction, id: string): Steps<void> {
  yield* step(tx.delete(enrolmentPlaces).where(eq(enrolmentPlaces.unitId, id)).run())
  yield* step(tx.delete(staffUnits).where(eq(staffUnits.unitId, id)).run())
  yield* step(tx.delete(units).where(eq(units.id, id)).run())
}
