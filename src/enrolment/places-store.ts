import { randomBytes } from 'node:crypto'
import { and, desc, eq, exists, lt } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { look, type Steps, step } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { strata, units } from '../organisation/tables.ts'
import { foldedName } from '../organisation/unit-name.ts'
import { removeIfUnused } from '../organisation/unused-strata-store.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { rounds } from '../round/tables.ts'
import type { NewUnit } from './enrolment-form.ts'
import type { EnrolmentPlace } from './place.ts'
import { enrolmentPlaces, enrolments } from './tables.ts'

/** A municipality in a round. */
export interface At {
  roundId: string
  municipalityCode: string
}

/** Whose groups change, in which round, and on which ISO day. */
export interface AtOn extends At {
  today: string
}

/** The condition on a registration: of one municipality in one round. */
export const isAt = ({ roundId, municipalityCode }: At) =>
  and(eq(enrolments.roundId, roundId), eq(enrolments.municipalityCode, municipalityCode))

/**
 * Which groups are registered at which units. A stratum without a place, such as one made on the command line, is a place where
 * nobody knows how many; not so once a registration has been sent in that waits for its approval, or a no.
 */
export async function listPlaces(db: Database, at: At): Promise<EnrolmentPlace[]> {
  const places = await look(placesOf(db, at))
  const state = (await db.select().from(enrolments).where(isAt(at)).get())?.state
  if (state === 'submitted' || state === 'abstains') return places
  const made = (await look(strataOf(db, at))).map(({ unitId, targetGroup }) => ({ unitId, targetGroup, expected: 0 }))
  return [...places, ...made.filter((stratum) => !places.some((place) => isSamePlace(place, stratum)))]
}

const isSamePlace = (a: Omit<EnrolmentPlace, 'expected'>, b: Omit<EnrolmentPlace, 'expected'>) =>
  a.unitId === b.unitId && a.targetGroup === b.targetGroup

/** The places that a municipality has registered in a round. */
export function placesOf(db: Database | Transaction, { roundId, municipalityCode }: At): Steps<EnrolmentPlace[]> {
  const { unitId, targetGroup, expected } = enrolmentPlaces
  return step(
    db
      .select({ unitId, targetGroup, expected })
      .from(units)
      .innerJoin(enrolmentPlaces, eq(units.id, unitId))
      .where(and(eq(enrolmentPlaces.roundId, roundId), eq(units.municipalityCode, municipalityCode)))
      .all(),
  )
}

/** The strata that a municipality has in a round. */
export function strataOf(db: Database | Transaction, { roundId, municipalityCode }: At) {
  const { id, unitId, targetGroup } = strata
  return step(
    db
      .select({ id, unitId, targetGroup })
      .from(units)
      .innerJoin(strata, eq(units.id, unitId))
      .where(and(eq(strata.roundId, roundId), eq(units.municipalityCode, municipalityCode)))
      .all(),
  )
}

/**
 * The places of the newest earlier round in which the municipality took part, as far as this round has the groups;
 * `undefined` when there was none.
 */
export async function findEarlierPlaces(
  db: Database,
  round: { id: string; year: number; targetGroups: TargetGroup[] },
  municipalityCode: string,
): Promise<{ year: number; places: EnrolmentPlace[] } | undefined> {
  const ofMunicipality = db
    .select({ id: strata.id })
    .from(strata)
    .innerJoin(units, eq(units.id, strata.unitId))
    .where(and(eq(strata.roundId, rounds.id), eq(units.municipalityCode, municipalityCode)))
  const earlier = await db
    .select({ id: rounds.id, year: rounds.year })
    .from(rounds)
    .where(and(lt(rounds.year, round.year), exists(ofMunicipality)))
    .orderBy(desc(rounds.year), desc(rounds.id))
    .get()
  if (!earlier) return undefined
  const at = { roundId: earlier.id, municipalityCode }
  const registered = await look(placesOf(db, at))
  const places = (await look(strataOf(db, at))).map(({ unitId, targetGroup }) => ({
    ...{ unitId, targetGroup },
    expected: registered.find((place) => isSamePlace(place, { unitId, targetGroup }))?.expected ?? 0,
  }))
  return { year: earlier.year, places: places.filter(({ targetGroup }) => round.targetGroups.includes(targetGroup)) }
}

/** Adds units, and gives their places. @throws DomainError `conflict` when one has the name of another. */
export function* addUnits(tx: Transaction, municipalityCode: string, newUnits: NewUnit[]): Steps<EnrolmentPlace[]> {
  const own = yield* step(tx.select().from(units).where(eq(units.municipalityCode, municipalityCode)).all())
  const taken = new Set(own.map(({ name }) => foldedName(name)))
  const places: EnrolmentPlace[] = []
  for (const { name, groups } of newUnits) {
    if (taken.has(foldedName(name))) throw new DomainError('conflict', `There is a unit ${name} already.`)
    taken.add(foldedName(name))
    const unitId = randomBytes(4).toString('hex')
    yield* step(tx.insert(units).values({ id: unitId, municipalityCode, name }).run())
    places.push(...groups.map((group) => ({ unitId, ...group })))
  }
  return places
}

/** Gives whether it was not there. */
export function* putPlace(tx: Transaction, roundId: string, place: EnrolmentPlace): Steps<boolean> {
  const { changes } = yield* step(
    tx
      .insert(enrolmentPlaces)
      .values({ roundId, ...place })
      .onConflictDoNothing()
      .run(),
  )
  return changes === 1
}

/** Makes the strata of all places. One without a place goes when nothing happened there; else its place comes back. */
export function* followPlaces(tx: Transaction, at: At): Steps<void> {
  const places = yield* placesOf(tx, at)
  for (const { id, ...stratum } of yield* strataOf(tx, at)) {
    if (places.some((place) => isSamePlace(place, stratum)) || (yield* removeIfUnused(tx, id))) continue
    yield* putPlace(tx, at.roundId, { ...stratum, expected: 0 })
  }
  const wanted = places.map(({ unitId, targetGroup }) => ({
    id: newStratumId(),
    roundId: at.roundId,
    unitId,
    targetGroup,
  }))
  for (let from = 0; from < wanted.length; from += mostAtOnce) {
    const some = wanted.slice(from, from + mostAtOnce)
    yield* step(tx.insert(strata).values(some).onConflictDoNothing().run())
  }
}

const newStratumId = () => randomBytes(8).toString('hex')

/** How many rows one statement writes: each has four values, and a statement holds 32 766 at most. */
const mostAtOnce = 1_000

/** Makes a stratum, and gives whether it was not there. */
export function* makeStratum(
  tx: Transaction,
  roundId: string,
  { unitId, targetGroup }: Omit<EnrolmentPlace, 'expected'>,
): Steps<boolean> {
  const id = newStratumId()
  const { changes } = yield* step(
    tx.insert(strata).values({ id, roundId, unitId, targetGroup }).onConflictDoNothing().run(),
  )
  return changes === 1
}
