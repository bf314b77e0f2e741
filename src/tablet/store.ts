import { randomBytes } from 'node:crypto'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { heldBallots, openings, rounds, strata, tabletStrata, tablets, units, urn } from '../database/schema.ts'
import { DomainError } from '../errors.ts'
import { phaseOf } from '../round/round.ts'
import type { PinHash } from './secrets.ts'
import { allowanceOn, type Device, type Tablet, type TabletState } from './tablet.ts'

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
  const places = db
    .select({ id: strata.id, roundId: strata.roundId, unitId: strata.unitId, state: rounds.state })
    .from(strata)
    .innerJoin(rounds, eq(rounds.id, strata.roundId))
    .where(inArray(strata.id, wanted))
    .all()
  const unknown = wanted.find((id) => !places.some((place) => place.id === id))
  if (unknown !== undefined || places.length === 0)
    throw new DomainError('not-found', `There is no stratum ${unknown ?? ''}. See: brukarsvar round status`)
  const { roundId, unitId, state } = places[0]!
  if (places.some((place) => place.unitId !== unitId || place.roundId !== roundId))
    throw new DomainError('invalid', 'A tablet belongs to one unit in one round: these strata are of several.')
  if (phaseOf(state) === 'closed') throw new DomainError('conflict', `Round ${roundId} is closed.`)

  const id = randomBytes(4).toString('hex')
  const enrolUntil = tablet.enrolUntil.toISOString()
  const pins = { pinSalt: pin.salt, pinHash: pin.hash }
  const quota = { dailyQuota, allowance: dailyQuota, allowanceDay: '1970-01-01' }
  db.transaction((tx) => {
    tx.insert(tablets)
      .values({ id, roundId, name, state: 'invited', enrolmentTag, enrolUntil, ...pins, ...quota })
      .run()
    tx.insert(tabletStrata)
      .values(wanted.map((stratumId) => ({ tabletId: id, stratumId })))
      .run()
  })
  return id
}

/**
 * Takes a one-time link for a device's key, and gives the id of the tablet. The same link with the same key is no second
 * use: the first answer may have been lost on its way.
 * @throws DomainError `not-found` for a link that was never made, was used by another device, or is too old.
 */
export async function enrolTablet(
  db: Database,
  { enrolmentTag, keyTag, now }: { enrolmentTag: Buffer; keyTag: Buffer; now: Date },
): Promise<string> {
  const found = db.select().from(tablets).where(eq(tablets.enrolmentTag, enrolmentTag)).get()
  if (found?.keyTag?.equals(keyTag) && found.state === 'active') return found.id
  if (found?.state !== 'invited' || found.enrolUntil <= now.toISOString())
    throw new DomainError('not-found', 'This link cannot be used.')

  const { changes } = db
    .update(tablets)
    .set({ state: 'active', keyTag, allowanceDay: dayOf(now) })
    .where(and(eq(tablets.id, found.id), eq(tablets.state, 'invited')))
    .run()
  if (changes === 0) throw new DomainError('not-found', 'This link cannot be used.')
  return found.id
}

/** What a tablet reports at a contact. */
export interface Report {
  keyTag: Buffer
  sequence: number
  waiting: number
  declined: Record<string, number>
  now: Date
}

/** Who reported, and whether it still is a tablet of ours; `undefined` for a key nobody has, or one that was stolen. */
export async function recordReport(
  db: Database,
  { keyTag, sequence, waiting, declined, now }: Report,
): Promise<{ id: string; roundId: string; state: TabletState; strata: Set<string> } | undefined> {
  const tablet = db.select().from(tablets).where(eq(tablets.keyTag, keyTag)).get()
  if (!tablet || tablet.state === 'stolen') return undefined

  const { id, roundId, state } = tablet
  const own = db.select().from(tabletStrata).where(eq(tabletStrata.tabletId, id)).all()
  const isNewer = sequence > tablet.sequence && state === 'active'
  const lastContactHour = now.toISOString().slice(0, 13)
  const day = dayOf(now)
  const next = {
    lastContactHour,
    ...(isNewer ? { sequence, waiting } : {}),
    ...(state === 'active' ? { allowance: allowanceOn(day, tablet), allowanceDay: day } : {}),
  }
  const changed = isNewer ? own.filter(({ stratumId, ...known }) => (declined[stratumId] ?? 0) !== known.declined) : []
  db.transaction((tx) => {
    tx.update(tablets).set(next).where(eq(tablets.id, id)).run()
    for (const { stratumId } of changed)
      tx.update(tabletStrata)
        .set({ declined: declined[stratumId] ?? 0 })
        .where(and(eq(tabletStrata.tabletId, id), eq(tabletStrata.stratumId, stratumId)))
        .run()
  })
  return { id, roundId, state, strata: new Set(own.map(({ stratumId }) => stratumId)) }
}

/** What a tablet is told of itself and its round. @throws DomainError `not-found`. */
export async function getDevice(
  db: Database,
  id: string,
): Promise<Pick<Device, 'name' | 'phase' | 'strata'> & { publicKey: Buffer; pin: PinHash }> {
  const found = db
    .select({
      name: tablets.name,
      salt: tablets.pinSalt,
      hash: tablets.pinHash,
      publicKey: rounds.publicKey,
      state: rounds.state,
    })
    .from(tablets)
    .innerJoin(rounds, eq(rounds.id, tablets.roundId))
    .where(eq(tablets.id, id))
    .get()
  if (!found) throw notFound(id)
  const { name, salt, hash, publicKey, state } = found
  const own = (await strataOf(db)).filter(({ tabletId }) => tabletId === id)
  const places = own.map(({ id, targetGroup, unit }) => ({ id, targetGroup, unit }))
  return { name, phase: phaseOf(state), publicKey, pin: { salt, hash }, strata: places }
}

/** The tablets of a round, or of all rounds, by unit and name. */
export async function listTablets(db: Database, roundId?: string): Promise<Tablet[]> {
  const places = await strataOf(db)
  const held = db
    .select({ tabletId: heldBallots.tabletId, number: sql<number>`count(*)` })
    .from(heldBallots)
    .groupBy(heldBallots.tabletId)
    .all()
  return db
    .select()
    .from(tablets)
    .where(roundId === undefined ? undefined : eq(tablets.roundId, roundId))
    .orderBy(asc(tablets.roundId), asc(tablets.name), asc(tablets.id))
    .all()
    .map(({ id, roundId, name, state, lastContactHour, waiting, delivered, dailyQuota }) => ({
      ...{ id, roundId, name, state, waiting, delivered, dailyQuota },
      lastContactHour: lastContactHour ?? undefined,
      strata: places.filter(({ tabletId }) => tabletId === id).map(({ tabletId, ...place }) => place),
      held: held.find(({ tabletId }) => tabletId === id)?.number ?? 0,
    }))
}

async function strataOf(db: Database) {
  return db
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
    .orderBy(asc(units.name), asc(strata.targetGroup))
    .all()
}

/** @throws DomainError `not-found`. */
export async function renameTablet(db: Database, id: string, name: string): Promise<void> {
  change(db, id, { name })
}

/** The device is told at its next contact. @throws DomainError `not-found`. */
export async function changePin(db: Database, id: string, { salt, hash }: PinHash): Promise<void> {
  change(db, id, { pinSalt: salt, pinHash: hash })
}

/**
 * Ends a tablet. What it last said to hold is still taken and anything more is held for a yes; of a stolen one nothing is taken.
 * @throws DomainError `not-found`.
 */
export async function revokeTablet(db: Database, id: string, { stolen }: { stolen: boolean }): Promise<void> {
  change(db, id, stolen ? { state: 'stolen' } : { state: 'revoked', allowance: sql`${tablets.waiting}` })
}

function change(db: Database, id: string, columns: Parameters<ReturnType<typeof db.update<typeof tablets>>['set']>[0]) {
  if (db.update(tablets).set(columns).where(eq(tablets.id, id)).run().changes === 0) throw notFound(id)
}

const notFound = (id: string) => new DomainError('not-found', `There is no tablet ${id}. See: brukarsvar tablet list`)

/**
 * Puts the ballots that were held of a tablet into the urn, and gives their number.
 * @throws DomainError `conflict` once the urn was opened: a later count would tell what was added; `not-found`.
 */
export async function acceptHeld(db: Database, tabletId: string): Promise<number> {
  return db.transaction((tx) => {
    const tablet = tx.select().from(tablets).where(eq(tablets.id, tabletId)).get()
    if (!tablet) throw notFound(tabletId)
    if (tx.select().from(openings).where(eq(openings.roundId, tablet.roundId)).get())
      throw new DomainError('conflict', `The urn of round ${tablet.roundId} was opened: nothing can be added to it.`)
    const held = tx.select().from(heldBallots).where(eq(heldBallots.tabletId, tabletId)).all()
    for (const { ballotId, stratumId, sealed } of held)
      tx.insert(urn).values({ ballotId, stratumId, channel: 'tablet', sealed }).onConflictDoNothing().run()
    tx.delete(heldBallots).where(eq(heldBallots.tabletId, tabletId)).run()
    return held.length
  })
}

/** Destroys the ballots that were held of a tablet, and gives their number. */
export async function discardHeld(db: Database, tabletId: string): Promise<number> {
  return db.delete(heldBallots).where(eq(heldBallots.tabletId, tabletId)).run().changes
}

const dayOf = (now: Date) => now.toISOString().slice(0, 10)
