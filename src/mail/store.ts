import { randomBytes } from 'node:crypto'
import { and, asc, count, eq, gt, inArray, isNull, lte, notInArray, or, sql } from 'drizzle-orm'
import { isWhole, SpoiledError } from '../crypto/checked.ts'
import { fileOf, onSQLite } from '../database/connection.ts'
import { forgetDeleted, type MailDatabase, namingMailFile } from '../database/mail-connection.ts'
import { rehearsal, step, transaction } from '../database/transaction.ts'
import { mailKinds } from './kinds.ts'
import { outbox, recipients, reminders } from './tables.ts'

export type OutboxRow = typeof outbox.$inferSelect

/** Queues a mail to staff, or writes one anew that waits under its id. */
export async function addStaffMail(mailDb: MailDatabase, row: { id: string; sealed: Buffer }, due: Date) {
  await staffMail(mailDb, row, due)
    .onConflictDoUpdate({ target: outbox.id, set: { sealed: row.sealed } })
    .run()
}

/** Queues a mail to staff as another will be queued, and leaves nothing. @throws what that one would throw. */
export async function tryStaffMail(mailDb: MailDatabase, now: Date): Promise<void> {
  const row = { id: randomBytes(16).toString('hex'), sealed: Buffer.alloc(longestMail) }
  await rehearsal(mailDb, function* (tx) {
    yield* step(staffMail(tx, row, now).run())
  })
}

/** As many bytes as hardly any mail to staff has. */
const longestMail = 8_192

const staffMail = (db: Pick<MailDatabase, 'insert'>, row: { id: string; sealed: Buffer }, due: Date) =>
  db.insert(outbox).values({ ...row, kind: 'staff', nextAttemptAt: due.toISOString(), state: 'waiting' })

/** Looks at what all rows hold, which SQLite does not. @throws DomainError that names the file and the mend. */
export function lookThroughRows(mailDb: MailDatabase): void {
  namingMailFile(fileOf(mailDb) ?? 'the mail file', () => {
    for (const table of [outbox, recipients]) {
      for (let last: string | undefined = ''; last !== undefined; ) last = lookThroughSome(mailDb, table, last)
    }
  })
}

const fewRows = 1_000

/** The id of the last row that was looked at; `undefined` when there are no more. */
function lookThroughSome(mailDb: MailDatabase, table: typeof outbox | typeof recipients, after: string) {
  const { id, sealed } = table
  const rows = onSQLite(mailDb)
    .select({ id, sealed })
    .from(table)
    .where(gt(id, after))
    .orderBy(asc(id))
    .limit(fewRows)
    .all()
  for (const { id, sealed } of rows)
    if (sealed && !isWhole(id, sealed)) throw new SpoiledError('A row of the mail database is not as it was written.')
  return rows.at(-1)?.id
}

/**
 * What is to be sent next, or `undefined` when nothing is due: staff first, or last, and those of one moment in random order.
 * @param held rounds of which nothing is sent for now
 */
export async function findDue(
  mailDb: MailDatabase,
  now: Date,
  { held = [] as string[], isStaffLast = false } = {},
): Promise<OutboxRow | undefined> {
  const isFree = held.length === 0 ? undefined : or(isNull(outbox.roundId), notInArray(outbox.roundId, held))
  const [staff, ...people] = mailKinds
  for (const kind of isStaffLast ? [...people, staff] : mailKinds) {
    const due = await mailDb
      .select()
      .from(outbox)
      .where(
        and(eq(outbox.state, 'waiting'), eq(outbox.kind, kind), lte(outbox.nextAttemptAt, now.toISOString()), isFree),
      )
      .orderBy(asc(outbox.nextAttemptAt), asc(outbox.id))
      .limit(1)
      .get()
    if (due) return due
  }
  return undefined
}

/**
 * Takes an invitation out of the outbox. An address that bounced is forgotten; who has opted out meanwhile stays so.
 * @param forgets also one that counts as accepted: nothing was sent to it, and nothing will be.
 */
export async function finishInvitation(
  mailDb: MailDatabase,
  id: string,
  state: 'accepted' | 'bounced',
  { forgets = state === 'bounced' } = {},
): Promise<void> {
  await transaction(mailDb, function* (tx) {
    yield* step(
      tx
        .update(recipients)
        .set(forgets ? { state, sealed: null } : { state })
        .where(and(eq(recipients.id, id), eq(recipients.state, 'queued')))
        .run(),
    )
    yield* step(tx.delete(outbox).where(eq(outbox.id, id)).run())
  })
}

/**
 * An address that was refused when a reminder came is forgotten, and nobody writes there again. It was offered all the same: the
 * invitation was accepted, and may have been answered.
 */
export async function recordRefused(mailDb: MailDatabase, recipientId: string): Promise<void> {
  await mailDb
    .update(recipients)
    .set({ state: 'bounced', sealed: null })
    .where(and(eq(recipients.id, recipientId), eq(recipients.state, 'accepted')))
    .run()
}

/** Forgets that somebody was to be invited, so that their address can be given again. */
export async function forgetRecipient(mailDb: MailDatabase, id: string): Promise<void> {
  await transaction(mailDb, function* (tx) {
    yield* step(tx.delete(outbox).where(eq(outbox.id, id)).run())
    yield* step(
      tx
        .delete(recipients)
        .where(and(eq(recipients.id, id), eq(recipients.state, 'queued')))
        .run(),
    )
  })
}

export async function takeOut(mailDb: MailDatabase, id: string): Promise<void> {
  await mailDb.delete(outbox).where(eq(outbox.id, id)).run()
}

/** Waits until `next`; without it the mail is given up. */
export async function postpone(mailDb: MailDatabase, id: string, attempts: number, next: Date | undefined) {
  const change = next ? { nextAttemptAt: next.toISOString() } : { state: 'given_up' as const }
  await mailDb
    .update(outbox)
    .set({ attempts, ...change })
    .where(eq(outbox.id, id))
    .run()
}

/** How many invitations of each stratum of a round were given up. */
export async function countGivenUp(
  mailDb: MailDatabase,
  roundId: string,
): Promise<{ stratumId: string; number: number }[]> {
  return mailDb
    .select({ stratumId: recipients.stratumId, number: count() })
    .from(outbox)
    .innerJoin(recipients, eq(recipients.id, outbox.about))
    .where(and(eq(outbox.state, 'given_up'), eq(outbox.kind, 'invitation'), eq(outbox.roundId, roundId)))
    .groupBy(recipients.stratumId)
    .all()
}

/** Lets the invitations of a stratum that were given up be tried again from now on. How many there were. */
export async function tryStratumAgain(mailDb: MailDatabase, stratumId: string, now: Date): Promise<number> {
  const theirs = mailDb.select({ id: recipients.id }).from(recipients).where(eq(recipients.stratumId, stratumId))
  return (
    await mailDb
      .update(outbox)
      .set({ state: 'waiting', attempts: 0, nextAttemptAt: now.toISOString() })
      .where(and(eq(outbox.state, 'given_up'), eq(outbox.kind, 'invitation'), inArray(outbox.about, theirs)))
      .run()
  ).changes
}

/**
 * At the close of a round: everybody who was written to, all that waits for them, and that anybody was reminded, is deleted and
 * overwritten. Mails to staff stay.
 */
export async function forgetAddresses(mailDb: MailDatabase, roundId: string): Promise<void> {
  await transaction(mailDb, function* (tx) {
    for (const table of [outbox, reminders, recipients])
      yield* step(
        tx
          .delete(table)
          .where(eq(sql`${table.roundId}`, roundId))
          .run(),
      )
  })
  forgetDeleted(mailDb)
}
