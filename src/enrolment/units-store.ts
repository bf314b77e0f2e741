import { and, eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import type { Unit } from '../organisation/store.ts'
import { strata, units } from '../organisation/tables.ts'
import { hasActivity, removeIfUnused, removingStrata, wasOfferedAt } from '../organisation/unused-strata-store.ts'
import { staffUnits } from '../people/tables.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { roundGroups } from '../round/tables.ts'
import type { NewUnit } from './enrolment-form.ts'
import { requireGroupsOpen, requireUnitsOpen } from './open-store.ts'
import type { EnrolmentPlace } from './place.ts'
import { type At, type AtOn, addUnits, makeStratum, putPlace } from './places-store.ts'
import { type Grouped, standingAt, textOf } from './standing-store.ts'
import { enrolmentPlaces } from './tables.ts'

/**
 * Adds places, and their strata where the municipality takes part; what is there stays. Gives whether any was missing.
 * @throws DomainError `conflict` when its groups cannot change any more.
 */
export async function addPlaces(db: Database, at: AtOn, places: EnrolmentPlace[]): Promise<boolean> {
  return transaction(db, (tx) => putPlaces(tx, at, places))
}

function* putPlaces(tx: Transaction, at: AtOn, places: EnrolmentPlace[]): Steps<boolean> {
  const withStrata = yield* requireGroupsOpen(tx, at, at.today)
  const isThere = yield* whatIsThere(tx, at)
  let isAnyNew = false
  for (const place of places.filter(isThere))
    isAnyNew = (yield* addPlace(tx, at.roundId, place, withStrata)) || isAnyNew
  return isAnyNew
}

/** Tells the groups of the round at the municipality's units from others: either may have been taken away since somebody looked. */
function* whatIsThere(tx: Transaction, { roundId, municipalityCode }: At): Steps<(place: Place) => boolean> {
  const own = yield* step(tx.select().from(units).where(eq(units.municipalityCode, municipalityCode)).all())
  const groups = yield* step(tx.select().from(roundGroups).where(eq(roundGroups.roundId, roundId)).all())
  const unitIds = new Set(own.map(({ id }) => id))
  return (place) => unitIds.has(place.unitId) && groups.some(({ targetGroup }) => targetGroup === place.targetGroup)
}

type Place = Omit<EnrolmentPlace, 'expected'>

/** Adds one place, and its stratum where there are any. Gives whether either was missing. */
function* addPlace(tx: Transaction, roundId: string, place: EnrolmentPlace, withStrata: boolean): Steps<boolean> {
  const isNew = yield* putPlace(tx, roundId, place)
  return (withStrata && (yield* makeStratum(tx, roundId, place))) || isNew
}

/** What somebody has ticked and unticked at a unit. */
export interface GroupChange {
  unitId: string
  added: TargetGroup[]
  removed: TargetGroup[]
}

/**
 * Changes which groups some units meet in a round, and makes and removes their strata where the municipality takes part. Groups that are not
 * named stay as they are, and so do units that are not the municipality's. Gives the units for which that is new, with what they had.
 * @throws DomainError `conflict` when groups cannot change any more, and, whose `values` name the unit and the group, when a group would go
 * at which something has happened; nothing is changed then.
 */
export async function changeGroups(db: Database, at: AtOn, changes: GroupChange[]): Promise<Grouped[]> {
  return removingStrata(db, function* (tx) {
    const withStrata = yield* requireGroupsOpen(tx, at, at.today)
    const isThere = yield* whatIsThere(tx, at)
    const others: Grouped[] = []
    for (const { unitId, added, removed } of changes) {
      const before = yield* standingAt(tx, at, unitId)
      let isOther = false
      const placesOf = (groups: TargetGroup[]) => groups.map((targetGroup) => ({ unitId, targetGroup })).filter(isThere)
      for (const place of placesOf(removed)) isOther = (yield* removePlace(tx, at.roundId, place)) || isOther
      for (const place of placesOf(added))
        isOther = (yield* addPlace(tx, at.roundId, { ...place, expected: 0 }, withStrata)) || isOther
      if (isOther) others.push({ unitId, before, stands: textOf(yield* standingAt(tx, at, unitId)) })
    }
    return others
  })
}

/** Removes one place and its stratum. Gives whether either was there. */
function* removePlace(tx: Transaction, roundId: string, { unitId, targetGroup }: Place): Steps<boolean> {
  const isIts = ({ roundId: round, unitId: unit, targetGroup: group }: typeof strata | typeof enrolmentPlaces) =>
    and(eq(round, roundId), eq(unit, unitId), eq(group, targetGroup))
  const [stratum] = yield* step(tx.select().from(strata).where(isIts(strata)).all())
  if (stratum && !(yield* removeIfUnused(tx, stratum.id))) throw groupInUse(unitId, targetGroup)
  const { changes } = yield* step(tx.delete(enrolmentPlaces).where(isIts(enrolmentPlaces)).run())
  return stratum !== undefined || changes === 1
}

const groupInUse = (unitId: string, targetGroup: TargetGroup) =>
  new DomainError('conflict', `Something has happened with ${targetGroup}.`, {
    messageKey: 'groupInUse',
    values: { unitId, targetGroup },
  })

/**
 * Adds many units with their groups, all or none.
 * @param round in which they meet those groups, and the ISO day
 * @throws DomainError `conflict` when one of them has the name of another, or meets groups and those cannot change any more.
 */
export async function addUnitsWithGroups(
  db: Database,
  municipalityCode: string,
  newUnits: NewUnit[],
  round: Omit<AtOn, 'municipalityCode'> | undefined,
): Promise<void> {
  await transaction(db, function* (tx) {
    const places = yield* addUnits(tx, municipalityCode, newUnits)
    if (round && places.length > 0) yield* putPlaces(tx, { municipalityCode, ...round }, places)
  })
}

/**
 * Makes one unit of two: strata, expected numbers and staff of the first go over to the second, and the first is gone.
 * A ballot holds its stratum's id sealed inside, so strata move and ballots never do.
 * @throws DomainError `conflict` when the round that staff work with is closed, or both have a group in one round and something has happened
 * with it at either; nothing is changed then.
 */
export async function mergeUnits(db: Database, from: Unit, into: Unit): Promise<void> {
  if (from.id === into.id || from.municipalityCode !== into.municipalityCode)
    throw new DomainError('invalid', 'These are not two units of one municipality.')
  await removingStrata(db, function* (tx) {
    yield* requireUnitsOpen(tx)
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

/**
 * Removes a unit where nothing has ever happened.
 * @throws DomainError `conflict` otherwise, and when the round that staff work with is closed; nothing is changed then.
 */
export async function deleteUnit(db: Database, { id }: Unit): Promise<void> {
  await removingStrata(db, function* (tx) {
    yield* requireUnitsOpen(tx)
    const own = yield* step(tx.select().from(strata).where(eq(strata.unitId, id)).all())
    for (const stratum of own) if (!(yield* removeIfUnused(tx, stratum.id))) throw inUse(id)
    yield* removeUnit(tx, id)
  })
}

/**
 * Asked before a removal is offered, so without a look at answers: what came without any offer is found by `deleteUnit`.
 * @throws DomainError `conflict` where staff have done something at a unit
 */
export async function requireUnused(db: Database, { id }: Unit): Promise<void> {
  await transaction(db, function* (tx) {
    const own = yield* step(tx.select().from(strata).where(eq(strata.unitId, id)).all())
    for (const stratum of own) if (yield* wasOfferedAt(tx, stratum.id)) throw inUse(id)
  })
}

const inUse = (id: string) =>
  new DomainError('conflict', `Something has happened at ${id}.`, { messageKey: 'unitInUse' })

function* removeUnit(tx: Transaction, id: string): Steps<void> {
  yield* step(tx.delete(enrolmentPlaces).where(eq(enrolmentPlaces.unitId, id)).run())
  yield* step(tx.delete(staffUnits).where(eq(staffUnits.unitId, id)).run())
  yield* step(tx.delete(units).where(eq(units.id, id)).run())
}
