import { randomBytes } from 'node:crypto'
import { and, asc, eq, gt, inArray, type SQL } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step, transaction } from '../database/transaction.ts'
import { whetherChanged } from '../database/whether-changed.ts'
import { stepOf } from '../disclosure/steps.ts'
import { toldNumbers } from '../disclosure/tables.ts'
import { DomainError } from '../errors.ts'
import type { Scope } from '../organisation/scope.ts'
import { within } from '../organisation/scope-store.ts'
import { strata, units } from '../organisation/tables.ts'
import { phaseOf } from '../round/round.ts'
import { rounds } from '../round/tables.ts'
import { byName } from '../text/name-order.ts'
import type { PinHash } from './secrets.ts'
import { tabletStrata, tablets } from './tables.ts'
import type { SeenTablet } from './tablet.ts'

export interface NewTablet {
  name: string
  strata: string[]
  enrolmentTag: Buffer
  /** Until when its link can be used. */
  enrolUntil: Date
  pin: PinHash
  dailyQuota: number
}

/**
 * Records a tablet that may enrol by its one-time link, and gives its id.
 * @throws DomainError `not-found` for an unknown stratum, `invalid` when they are not all of one unit and round,
 * `conflict` when the round is over.
 */
export async function inviteTablet(db: Database, tablet: NewTablet): Promise<string> {
  const { name, enrolmentTag, pin, dailyQuota } = tablet
  const wanted = [...new Set(tablet.strata)]
  const id = randomBytes(4).toString('hex')
  const enrolUntil = tablet.enrolUntil.toISOString()
  const pins = { pinSalt: pin.salt, pinHash: pin.hash }
  const quota = { dailyQuota, allowance: dailyQuota, allowanceDay: '1970-01-01' }
  await transaction(db, function* (tx) {
    const roundId = yield* roundOfOneUnit(tx, wanted)
    yield* step(
      tx
        .insert(tablets)
        .values({ id, roundId, name, state: 'invited', enrolmentTag, enrolUntil, ...pins, ...quota })
        .run(),
    )
    yield* step(
      tx
        .insert(tabletStrata)
        .values(wanted.map((stratumId) => ({ tabletId: id, stratumId })))
        .run(),
    )
  })
  return id
}

/** The round, not over, that strata of one unit are of. @throws DomainError as {@link inviteTablet}. */
function* roundOfOneUnit(tx: Transaction, wanted: string[]): Steps<string> {
  const { id, roundId: inRound, unitId: atUnit } = strata
  const places = yield* step(
    tx
      .select({ id, roundId: inRound, unitId: atUnit, state: rounds.state, isPaused: rounds.isPaused })
      .from(strata)
      .innerJoin(rounds, eq(rounds.id, strata.roundId))
      .where(inArray(strata.id, wanted))
      .all(),
  )
  const unknown = wanted.find((id) => !places.some((place) => place.id === id))
  if (unknown !== undefined || places.length === 0)
    throw new DomainError('not-found', `There is no stratum ${unknown ?? ''}. See: brukarsvar round status`)
  const { roundId, unitId, ...round } = places[0]!
  if (places.some((place) => place.unitId !== unitId || place.roundId !== roundId))
    throw new DomainError('invalid', 'A tablet belongs to one unit in one round: these strata are of several.')
  if (phaseOf(round) === 'closed') throw new DomainError('conflict', `Round ${roundId} is closed.`)
  return roundId
}

/** The tablets of a round, or of all rounds, within a scope, by round and name. */
export async function listTablets(db: Database, roundId?: string, scope: Scope = {}): Promise<SeenTablet[]> {
  return readTablets(db, await strataOf(db, scope), roundId === undefined ? undefined : eq(tablets.roundId, roundId))
}

/** A tablet that somebody works with. @throws DomainError `not-found`, also outside the scope. */
export async function getTabletWithin(db: Database, scope: Scope, id: string): Promise<SeenTablet> {
  const [tablet] = await readTablets(db, await strataOf(db, scope), eq(tablets.id, id))
  if (!tablet) throw notFound(id)
  return tablet
}

async function readTablets(
  db: Database,
  places: Awaited<ReturnType<typeof strataOf>>,
  which?: SQL,
): Promise<SeenTablet[]> {
  const known = new Set(places.map(({ tabletId }) => tabletId))
  const told = await db
    .select({ place: toldNumbers.place, low: toldNumbers.low, high: toldNumbers.high })
    .from(toldNumbers)
    .where(and(eq(toldNumbers.part, 'held'), gt(toldNumbers.low, 0)))
    .all()
  const heldOf = new Map(told.map(({ place, ...range }) => [place, range]))
  return (await db.select().from(tablets).where(which).orderBy(asc(tablets.id)).all())
    .sort(
      byName(
        ({ roundId }) => roundId,
        ({ name }) => name,
      ),
    )
    .filter(({ id }) => known.has(id))
    .map(({ id, roundId, name, state, lastContactHour, dailyQuota, ...row }) => ({
      ...{ id, roundId, name, state, dailyQuota },
      lastContactHour: lastContactHour ?? undefined,
      keeping: { worksOffline: row.worksOffline ?? undefined, isPromised: row.isPromised ?? undefined },
      strata: places.filter(({ tabletId }) => tabletId === id).map(({ tabletId, ...place }) => place),
      held: heldOf.get(id) ?? stepOf(0),
    }))
}

export async function strataOf(db: Database, scope: Scope = {}) {
  return (
    await db
      .select({
        tabletId: tabletStrata.tabletId,
        id: strata.id,
        targetGroup: strata.targetGroup,
        unit: units.name,
        declined: tabletStrata.declined,
      })
      .from(tabletStrata)
      .innerJoin(strata, eq(strata.id, tabletStrata.stratumId))
      .innerJoin(units, eq(units.id, strata.unitId))
      .where(within(scope))
      .orderBy(asc(strata.targetGroup))
      .all()
  ).sort(byName(({ unit }) => unit))
}

/** Gives a tablet another name, and gives whether it is another. @throws DomainError `not-found`. */
export async function renameTablet(db: Database, id: string, name: string): Promise<boolean> {
  return transaction(db, (tx) => change(tx, id, { name }))
}

/** The device is told at its next contact. @throws DomainError `not-found`. */
export async function changePin(db: Database, id: string, { salt, hash }: PinHash): Promise<void> {
  await transaction(db, (tx) => change(tx, id, { pinSalt: salt, pinHash: hash }))
}

/**
 * Ends a tablet, and gives whether it had not ended that way before. A day's quota of what it still brings is taken, whatever it had said
 * to hold, and anything more is held for a yes: else the answer of whoever sits at it in that moment would be seen among those that are held.
 * Said again it gives no second quota. Of a stolen one nothing is taken, and what it said of people who declined does not count.
 * @throws DomainError `not-found`, or `conflict` for one that is stolen: it stays so.
 */
export async function revokeTablet(db: Database, id: string, { stolen }: { stolen: boolean }): Promise<boolean> {
  return transaction(db, function* (tx) {
    const before = yield* step(tx.select().from(tablets).where(eq(tablets.id, id)).get())
    if (before?.state === (stolen ? 'stolen' : 'revoked')) return false
    if (before?.state === 'stolen') throw new DomainError('conflict', `Tablet ${id} was revoked as stolen.`)
    const allowance = before?.dailyQuota
    return yield* change(tx, id, stolen ? { state: 'stolen' } : { state: 'revoked', lastContactHour: null, allowance })
  })
}

function change(tx: Transaction, id: string, columns: Partial<typeof tablets.$inferInsert>): Steps<boolean> {
  const its = eq(tablets.id, id)
  return whetherChanged(
    () => step(tx.select().from(tablets).where(its).all()),
    function* () {
      const { changes } = yield* step(tx.update(tablets).set(columns).where(its).run())
      if (changes === 0) throw notFound(id)
    },
  )
}

export const notFound = (id: string) =>
  new DomainError('not-found', `There is no tablet ${id}. See: brukarsvar tablet list`)

export const dayOf = (now: Date) => now.toISOString().slice(0, 10)
