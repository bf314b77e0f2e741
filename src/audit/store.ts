import { randomBytes } from 'node:crypto'
import { and, desc, eq, gt, gte, inArray, lt, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step, transaction } from '../database/transaction.ts'
import { municipalities } from '../organisation/tables.ts'
import { staff } from '../people/tables.ts'
import { swedishMidnight } from '../time/swedish-instant.ts'
import { audit } from './tables.ts'

/** One thing that was done. `at` is an instant, or an hour where a respondent was at hand. */
export interface AuditEntry {
  at: string
  id: string
  who: string
  email?: string
  action: string
  subject: string
  municipality?: string
  number: number
}

export interface Deed {
  staffId: string
  action: string
  subject?: string
  municipalityCode?: string
  number?: number
  now: Date
  /** Kept as a number in an hour, so that no moment can be laid beside an answer. */
  byTheHour?: boolean
}

/** Writes down what somebody did with one press: all of it, or nothing. Never an answer, never a code. */
export async function recordDeeds(db: Database, deeds: Deed[]): Promise<void> {
  await transaction(db, function* (tx) {
    for (const deed of deeds) yield* recordDeed(tx, deed)
  })
}

/** The same, within a transaction that does what it tells of. */
export function* recordDeed(tx: Transaction, deed: Deed): Steps<void> {
  const { staffId, action, subject = '', municipalityCode = null, number = 1, now, byTheHour = false } = deed
  const at = byTheHour ? now.toISOString().slice(0, 13) : now.toISOString()
  const id = byTheHour ? `${staffId} ${action} ${subject}` : randomBytes(6).toString('hex')
  yield* step(
    tx
      .insert(audit)
      .values({ at, id, staffId, action, subject, municipalityCode, number })
      .onConflictDoUpdate({ target: [audit.at, audit.id], set: { number: sql`${audit.number} + ${number}` } })
      .run(),
  )
}

export interface AuditFilter {
  who?: string
  action?: string
  municipalityCode?: string
  /** ISO days as Sweden counts them, both included. */
  from?: string
  until?: string
}

/** What was done, the latest first: at most `limit` entries, from before an entry that was shown last. */
export async function listDeeds(
  db: Database,
  { who, action, municipalityCode, from, until }: AuditFilter,
  { limit, before }: { limit: number; before?: { at: string; id: string } },
): Promise<AuditEntry[]> {
  const theirs = who && (await staffNamed(db, who))
  return (
    await db
      .select({
        at: audit.at,
        id: audit.id,
        who: sql<string>`coalesce(${staff.name}, ${audit.staffId})`,
        email: staff.email,
        action: audit.action,
        subject: audit.subject,
        municipality: municipalities.name,
        number: audit.number,
      })
      .from(audit)
      .leftJoin(staff, eq(staff.id, audit.staffId))
      .leftJoin(municipalities, eq(municipalities.code, audit.municipalityCode))
      .where(
        and(
          theirs ? inArray(audit.staffId, theirs) : undefined,
          action ? eq(audit.action, action) : undefined,
          municipalityCode ? eq(audit.municipalityCode, municipalityCode) : undefined,
          from ? gte(audit.at, swedishMidnight(from)) : undefined,
          until ? lt(audit.at, swedishMidnight(until, 1)) : undefined,
          before ? or(lt(audit.at, before.at), and(eq(audit.at, before.at), lt(audit.id, before.id))) : undefined,
        ),
      )
      .orderBy(desc(audit.at), desc(audit.id))
      .limit(limit)
      .all()
  ).map(({ email, municipality, ...entry }) => ({
    ...entry,
    email: email ?? undefined,
    municipality: municipality ?? undefined,
  }))
}

/**
 * All that somebody did, and what was done to their account, the latest first; of the oldest of very many, nothing. What was done to an
 * account that had their address before, and was closed, is not theirs.
 */
export async function listDeedsOf(
  db: Database,
  { id, email, limit = 20_000 }: { id: string; email: string; limit?: number },
): Promise<(Pick<AuditEntry, 'at' | 'who' | 'action' | 'subject' | 'number'> & { isOwn: boolean })[]> {
  const closed = sql`(select max(at) from audit where action = 'people.ended' and subject = ${email})`
  return (
    await db
      .select({
        at: audit.at,
        action: audit.action,
        subject: audit.subject,
        number: audit.number,
        staffId: audit.staffId,
        who: sql<string>`coalesce(${staff.name}, ${audit.staffId})`,
      })
      .from(audit)
      .leftJoin(staff, eq(staff.id, audit.staffId))
      .where(or(eq(audit.staffId, id), and(eq(audit.subject, email), gt(audit.at, sql`coalesce(${closed}, '')`))))
      .orderBy(desc(audit.at), desc(audit.id))
      .limit(limit)
      .all()
  ).map(({ staffId, ...deed }) => ({ ...deed, isOwn: staffId === id }))
}

/** How often some things were done in a municipality, or by somebody, on a day of Sweden's. Whoever has just done one is not counted yet. */
export async function countDeeds(
  db: Database,
  { actions, day, ...of }: ({ municipalityCode: string } | { staffId: string }) & { actions: string[]; day: string },
): Promise<number> {
  const [row] = await db
    .select({ number: sql<number>`coalesce(sum(${audit.number}), 0)` })
    .from(audit)
    .where(
      and(
        'staffId' in of ? eq(audit.staffId, of.staffId) : eq(audit.municipalityCode, of.municipalityCode),
        inArray(audit.action, actions),
        gte(audit.at, swedishMidnight(day)),
        lt(audit.at, swedishMidnight(day, 1)),
      ),
    )
    .all()
  return row!.number
}

/** SQLite finds `åsa` in no `Åsa`, so names are compared here. */
async function staffNamed(db: Database, part: string): Promise<string[]> {
  const wanted = part.normalize('NFC').trim().toLowerCase()
  const all = await db.select({ id: staff.id, name: staff.name, email: staff.email }).from(staff).all()
  return all.flatMap(({ id, name, email }) => (`${name}\n${email}`.toLowerCase().includes(wanted) ? [id] : []))
}
