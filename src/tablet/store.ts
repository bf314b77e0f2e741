import { randomBytes } from 'node:crypto'
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { heldBallots, rounds, strata, tabletStrata, tablets, units, urn, urnCounts } from '../database/schema.ts'
import { within } from '../database/within.ts'
import { DomainError } from '../errors.ts'
import { byName } from '../name-order.ts'
import { phaseOf } from '../round/round.ts'
import type { Scope } from '../staff/scope.ts'
import type { PinHash } from './secrets.ts'
import { allowanceOn, type Device, type Keeping, mostQuotaDays, type Tablet, type TabletState } from './tablet.ts'

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
    .select({
      id: strata.id,
      roundId: strata.roundId,
      unitId: strata.unitId,
      state: rounds.state,
      isPaused: rounds.isPaused,
    })
    .from(strata)
    .innerJoin(rounds, eq(rounds.id, strata.roundId))
    .where(inArray(strata.id, wanted))
    .all()
  const unknown = wanted.find((id) => !places.some((place) => place.id === id))
  if (unknown !== undefined || places.length === 0)
    throw new DomainError('not-found', `There is no stratum ${unknown ?? ''}. See: brukarsvar round status`)
  const { roundId, unitId, ...round } = places[0]!
  if (places.some((place) => place.unitId !== unitId || place.roundId !== roundId))
    throw new DomainError('invalid', 'A tablet belongs to one unit in one round: these strata are of several.')
  if (phaseOf(round) === 'closed') throw new DomainError('conflict', `Round ${roundId} is closed.`)

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
 * @throws DomainError `not-found` for a link that was never made, was used by another device, or is too old; `conflict` for a
 * key that came with another link.
 */
export async function enrolTablet(
  db: Database,
  { enrolmentTag, keyTag, now }: { enrolmentTag: Buffer; keyTag: Buffer; now: Date },
): Promise<string> {
  const holder = db.select().from(tablets).where(eq(tablets.keyTag, keyTag)).get()
  if (holder && !holder.enrolmentTag.equals(enrolmentTag))
    throw new DomainError('conflict', 'This device is enrolled by another link: a new key is needed.')
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
  /** What is not said is as it was said before. */
  keeping?: Keeping
  now: Date
}

/**
 * Who reported, and whether it still is a tablet of ours; `undefined` for a key nobody has, or one that was stolen. Of one that was
 * revoked the declines are still taken, for it has them from before.
 */
export async function recordReport(
  db: Database,
  { keyTag, sequence, waiting, declined, keeping, now }: Report,
): Promise<{ id: string; roundId: string; state: TabletState; strata: Set<string> } | undefined> {
  return db.transaction(
    (tx) => {
      const tablet = tx.select().from(tablets).where(eq(tablets.keyTag, keyTag)).get()
      if (!tablet || tablet.state === 'stolen') return undefined

      const { id, roundId, state, dailyQuota } = tablet
      const isActive = state === 'active'
      const isNewer = sequence >= tablet.sequence // the number of the declines: the same one says the same
      const day = dayOf(now)
      tx.update(tablets)
        .set({
          lastContactHour: now.toISOString().slice(0, 13),
          ...(isNewer ? { sequence } : {}),
          ...(isNewer && isActive ? { waiting } : {}),
          ...(isActive ? { allowance: allowanceOn(day, tablet), allowanceDay: day, ...keeping } : {}),
        })
        .where(eq(tablets.id, id))
        .run()
      const own = tx.select().from(tabletStrata).where(eq(tabletStrata.tabletId, id)).all()
      const round = tx.select().from(rounds).where(eq(rounds.id, roundId)).get()!
      const isCounted = round.state === 'collecting' || (round.lateUntil ?? '') > now.toISOString()
      for (const { stratumId, declined: known } of isNewer && isCounted ? own : []) {
        const total = Math.min(declined[stratumId] ?? 0, dailyQuota * mostQuotaDays)
        if (total === known) continue
        tx.update(tabletStrata)
          .set({ declined: total })
          .where(and(eq(tabletStrata.tabletId, id), eq(tabletStrata.stratumId, stratumId)))
          .run()
      }
      return { id, roundId, state, strata: new Set(own.map(({ stratumId }) => stratumId)) }
    },
    { behavior: 'immediate' },
  )
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
      isPaused: rounds.isPaused,
    })
    .from(tablets)
    .innerJoin(rounds, eq(rounds.id, tablets.roundId))
    .where(eq(tablets.id, id))
    .get()
  if (!found) throw notFound(id)
  const { name, salt, hash, publicKey, ...round } = found
  const own = (await strataOf(db)).filter(({ tabletId }) => tabletId === id)
  const places = own.map(({ id, targetGroup, unit }) => ({ id, targetGroup, unit }))
  return { name, phase: phaseOf(round), publicKey, pin: { salt, hash }, strata: places }
}

/** The tablets of a round, or of all rounds, within a scope, by round and name. */
export async function listTablets(db: Database, roundId?: string, scope: Scope = {}): Promise<Tablet[]> {
  return readTablets(db, await strataOf(db, scope), roundId === undefined ? undefined : eq(tablets.roundId, roundId))
}

/** A tablet that somebody works with. @throws DomainError `not-found`, also outside the scope. */
export async function getTabletWithin(db: Database, scope: Scope, id: string): Promise<Tablet> {
  const [tablet] = readTablets(db, await strataOf(db, scope), eq(tablets.id, id))
  if (!tablet) throw notFound(id)
  return tablet
}

function readTablets(db: Database, places: Awaited<ReturnType<typeof strataOf>>, which?: SQL): Tablet[] {
  const known = new Set(places.map(({ tabletId }) => tabletId))
  const held = db
    .select({ tabletId: heldBallots.tabletId, number: sql<number>`count(*)` })
    .from(heldBallots)
    .where(eq(heldBallots.state, 'held'))
    .groupBy(heldBallots.tabletId)
    .all()
  return db
    .select()
    .from(tablets)
    .where(which)
    .orderBy(asc(tablets.id))
    .all()
    .sort(
      byName(
        ({ roundId }) => roundId,
        ({ name }) => name,
      ),
    )
    .filter(({ id }) => known.has(id))
    .map(({ id, roundId, name, state, lastContactHour, waiting, delivered, dailyQuota, ...row }) => ({
      ...{ id, roundId, name, state, waiting, delivered, dailyQuota },
      lastContactHour: lastContactHour ?? undefined,
      keeping: { worksOffline: row.worksOffline ?? undefined, isPromised: row.isPromised ?? undefined },
      strata: places.filter(({ tabletId }) => tabletId === id).map(({ tabletId, ...place }) => place),
      held: held.find(({ tabletId }) => tabletId === id)?.number ?? 0,
    }))
}

async function strataOf(db: Database, scope: Scope = {}) {
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
    .where(within(scope))
    .orderBy(asc(strata.targetGroup))
    .all()
    .sort(byName(({ unit }) => unit))
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
 * Ends a tablet. What it last said to hold is still taken, as far as its quota goes, and anything more is held for a yes; of a
 * stolen one nothing is taken, and what it said of people who declined does not count.
 * @throws DomainError `not-found`, or `conflict` for one that is stolen: it stays so.
 */
export async function revokeTablet(db: Database, id: string, { stolen }: { stolen: boolean }): Promise<void> {
  const isStolen = db.select().from(tablets).where(eq(tablets.id, id)).get()?.state === 'stolen'
  if (isStolen && !stolen) throw new DomainError('conflict', `Tablet ${id} was revoked as stolen.`)
  const allowance = sql`min(${tablets.waiting}, ${tablets.allowance})`
  change(db, id, stolen ? { state: 'stolen' } : { state: 'revoked', lastContactHour: null, allowance })
}

function change(db: Database, id: string, columns: Parameters<ReturnType<typeof db.update<typeof tablets>>['set']>[0]) {
  if (db.update(tablets).set(columns).where(eq(tablets.id, id)).run().changes === 0) throw notFound(id)
}

const notFound = (id: string) => new DomainError('not-found', `There is no tablet ${id}. See: brukarsvar tablet list`)

/**
 * Puts the ballots that were held of a tablet into the urn, and gives their number.
 * @throws DomainError `conflict` once the urn is opened: a later count would tell what was added; `not-found`.
 */
export async function acceptHeld(db: Database, tabletId: string): Promise<number> {
  return db.transaction(
    (tx) => {
      const tablet = tx.select().from(tablets).where(eq(tablets.id, tabletId)).get()
      if (!tablet) throw notFound(tabletId)
      const round = tx.select().from(rounds).where(eq(rounds.id, tablet.roundId)).get()!
      if (round.state !== 'collecting' && !round.lateUntil)
        throw new DomainError('conflict', `The urn of round ${round.id} is opened: nothing can be added to it.`)

      const held = tx.select().from(heldBallots).where(isHeldOf(tabletId)).all()
      for (const { ballotId, stratumId, sealed } of held) {
        const row = { ballotId, stratumId, channel: 'tablet' as const, sealed }
        const number = tx.insert(urn).values(row).onConflictDoNothing().run().changes
        tx.insert(urnCounts)
          .values({ stratumId, channel: 'tablet', number })
          .onConflictDoUpdate({
            target: [urnCounts.stratumId, urnCounts.channel],
            set: { number: sql`${urnCounts.number} + excluded.number` },
          })
          .run()
      }
      tx.delete(heldBallots).where(isHeldOf(tabletId)).run()
      return held.length
    },
    { behavior: 'immediate' },
  )
}

/** Destroys the ballots that were held of a tablet, and gives their number. Their ids stay, so that they are not taken later. */
export async function discardHeld(db: Database, tabletId: string): Promise<number> {
  return db.update(heldBallots).set(destroyed).where(isHeldOf(tabletId)).run().changes
}

/** The same for all tablets of a round. */
export async function discardAllHeld(db: Database, roundId: string): Promise<number> {
  const own = db.select({ id: tablets.id }).from(tablets).where(eq(tablets.roundId, roundId))
  const held = and(inArray(heldBallots.tabletId, own), eq(heldBallots.state, 'held'))
  return db.update(heldBallots).set(destroyed).where(held).run().changes
}

const isHeldOf = (tabletId: string) => and(eq(heldBallots.tabletId, tabletId), eq(heldBallots.state, 'held'))
const destroyed = { state: 'discarded' as const, sealed: Buffer.alloc(112) }

const dayOf = (now: Date) => now.toISOString().slice(0, 10)
