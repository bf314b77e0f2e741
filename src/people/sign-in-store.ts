import { and, desc, eq, gt, lt, ne, or } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { scopeOf } from './person.ts'
import { mostAheadHours, type Session, type SignedIn, seenMinutes, sessionHours } from './session.ts'
import { sessions, staff, staffUnits } from './tables.ts'

const later = (now: Date, hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString()

/** Sessions that are good at an instant: begun and used not too long before, and not after it. */
const isGood = (now: Date) =>
  and(
    gt(sessions.endsAt, now.toISOString()),
    gt(sessions.seenAt, later(now, -sessionHours.idle)),
    lt(sessions.begunAt, later(now, mostAheadHours)),
    lt(sessions.seenAt, later(now, mostAheadHours)),
  )

/**
 * Begins a session; those that have ended are forgotten on the way.
 * @throws DomainError `not-found` when the account was closed meanwhile.
 */
export async function beginSession(
  db: Database,
  session: { tag: Buffer; staffId: string; isComplete: boolean; device: string; now: Date },
): Promise<void> {
  const { now, ...columns } = session
  const at = now.toISOString()
  await transaction(db, function* (tx) {
    yield* step(
      tx
        .delete(sessions)
        .where(or(lt(sessions.endsAt, at), gt(sessions.begunAt, later(now, mostAheadHours))))
        .run(),
    )
    const person = yield* step(
      tx.select({ endedOn: staff.endedOn }).from(staff).where(eq(staff.id, session.staffId)).get(),
    )
    if (!person || person.endedOn) throw new DomainError('not-found', 'The account has ended.')
    yield* step(
      tx
        .insert(sessions)
        .values({ ...columns, begunAt: at, seenAt: at, endsAt: later(now, sessionHours.longest) })
        .run(),
    )
  })
}

/** Who a session belongs to; `undefined` when it has ended, rested too long, or the account has ended. */
export async function findSignedIn(db: Database, tag: Buffer, now: Date): Promise<SignedIn | undefined> {
  const found = await db
    .select({ session: sessions, person: staff })
    .from(sessions)
    .innerJoin(staff, eq(staff.id, sessions.staffId))
    .where(and(eq(sessions.tag, tag), isGood(now)))
    .get()
  if (!found || found.person.endedOn) return undefined

  const { session, person } = found
  if (session.seenAt < later(now, -seenMinutes / 60))
    await db.update(sessions).set({ seenAt: now.toISOString() }).where(eq(sessions.tag, tag)).run()
  const municipalityCode = person.municipalityCode ?? undefined
  const own = await db.select({ id: staffUnits.unitId }).from(staffUnits).where(eq(staffUnits.staffId, person.id)).all()
  const { id, name, email, role, language } = person
  return {
    ...{ id, name, email, role, language, municipalityCode },
    scope: scopeOf({ role, municipalityCode, unitIds: own.map(({ id }) => id) }),
    sessionTag: session.tag,
    isComplete: session.isComplete,
    hasSecondFactor: person.totpSealed !== null,
  }
}

/** The second factor was given, or a password or a factor set: the session goes on under another tag, and the old one is worth nothing. */
export async function renewSession(db: Database, tag: Buffer, newTag: Buffer): Promise<void> {
  await db.update(sessions).set({ tag: newTag, isComplete: true }).where(eq(sessions.tag, tag)).run()
}

/** Where somebody is signed in, the latest first. */
export async function listSessions(db: Database, staffId: string, now: Date): Promise<Session[]> {
  return db
    .select({ tag: sessions.tag, begunAt: sessions.begunAt, seenAt: sessions.seenAt, device: sessions.device })
    .from(sessions)
    .where(and(eq(sessions.staffId, staffId), isGood(now)))
    .orderBy(desc(sessions.seenAt))
    .all()
}

/** Ends one session of somebody, and says how many that were: none that is another's, or has ended. */
export async function endSession(db: Database, staffId: string, tag: Buffer): Promise<number> {
  return (
    await db
      .delete(sessions)
      .where(and(eq(sessions.staffId, staffId), eq(sessions.tag, tag)))
      .run()
  ).changes
}

/** Ends all sessions of somebody but this one, and says how many that were. */
export async function endOtherSessions(db: Database, staffId: string, tag?: Buffer): Promise<number> {
  return (
    await db
      .delete(sessions)
      .where(and(eq(sessions.staffId, staffId), tag && ne(sessions.tag, tag)))
      .run()
  ).changes
}
