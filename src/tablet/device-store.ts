import { and, eq } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { phaseOf } from '../round/round.ts'
import { rounds } from '../round/tables.ts'
import type { PinHash } from './secrets.ts'
import { dayOf, notFound, strataOf } from './store.ts'
import { tabletStrata, tablets } from './tables.ts'
import { allowanceOn, type Device, type Keeping, mostQuotaDays, type TabletState } from './tablet.ts'

/** Whether some tablet has that key, also one that is out of use. It only looks, so that strangers keep nobody from writing. */
export async function isKeyKnown(db: Database, keyTag: Buffer): Promise<boolean> {
  return (await db.select({ id: tablets.id }).from(tablets).where(eq(tablets.keyTag, keyTag)).get()) !== undefined
}

/** Whether such a one-time link was ever made. It only looks. */
export async function isLinkKnown(db: Database, enrolmentTag: Buffer): Promise<boolean> {
  return (
    (await db.select({ id: tablets.id }).from(tablets).where(eq(tablets.enrolmentTag, enrolmentTag)).get()) !==
    undefined
  )
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
  return transaction(db, function* (tx) {
    const holder = yield* step(tx.select().from(tablets).where(eq(tablets.keyTag, keyTag)).get())
    if (holder && !holder.enrolmentTag.equals(enrolmentTag))
      throw new DomainError('conflict', 'This device is enrolled by another link: a new key is needed.')
    const found = yield* step(tx.select().from(tablets).where(eq(tablets.enrolmentTag, enrolmentTag)).get())
    if (found?.keyTag?.equals(keyTag) && found.state === 'active') return found.id
    if (found?.state !== 'invited' || found.enrolUntil <= now.toISOString())
      throw new DomainError('not-found', 'This link cannot be used.')
    const columns = { state: 'active', keyTag, allowanceDay: dayOf(now) } as const
    yield* step(tx.update(tablets).set(columns).where(eq(tablets.id, found.id)).run())
    return found.id
  })
}

/** What a tablet reports at a contact. */
export interface Report {
  keyTag: Buffer
  sequence: number
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
  { keyTag, sequence, declined, keeping, now }: Report,
): Promise<{ id: string; roundId: string; state: TabletState; strata: Set<string> } | undefined> {
  return transaction(db, function* (tx) {
    const tablet = yield* step(tx.select().from(tablets).where(eq(tablets.keyTag, keyTag)).get())
    if (!tablet || tablet.state === 'stolen') return undefined

    const { id, roundId, state, dailyQuota } = tablet
    const isActive = state === 'active'
    const isNewer = sequence >= tablet.sequence // the number of the declines: the same one says the same
    const day = dayOf(now)
    yield* step(
      tx
        .update(tablets)
        .set({
          lastContactHour: now.toISOString().slice(0, 13),
          ...(isNewer ? { sequence } : {}),
          ...(isActive ? { allowance: allowanceOn(day, tablet), allowanceDay: day, ...keeping } : {}),
        })
        .where(eq(tablets.id, id))
        .run(),
    )
    const own = yield* step(tx.select().from(tabletStrata).where(eq(tabletStrata.tabletId, id)).all())
    const round = (yield* step(tx.select().from(rounds).where(eq(rounds.id, roundId)).get()))!
    const isCounted = round.state === 'collecting' || (round.lateUntil ?? '') > now.toISOString()
    for (const { stratumId, declined: known } of isNewer && isCounted ? own : []) {
      const total = Math.min(declined[stratumId] ?? 0, dailyQuota * mostQuotaDays)
      if (total === known) continue
      yield* step(
        tx
          .update(tabletStrata)
          .set({ declined: total })
          .where(and(eq(tabletStrata.tabletId, id), eq(tabletStrata.stratumId, stratumId)))
          .run(),
      )
    }
    return { id, roundId, state, strata: new Set(own.map(({ stratumId }) => stratumId)) }
  })
}

/** What a tablet is told of itself and its round. @throws DomainError `not-found`. */
export async function getDevice(
  db: Database,
  id: string,
): Promise<Pick<Device, 'name' | 'phase' | 'strata'> & { publicKey: Buffer; pin: PinHash }> {
  const found = await db
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
