import { and, count, countDistinct, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { union } from 'drizzle-orm/sqlite-core'
import type { MailDatabase } from '../database/mail-connection.ts'
import { step, transaction } from '../database/transaction.ts'
import type { RecipientState } from './kinds.ts'
import { outbox, recipients, reminders } from './tables.ts'

export type RecipientRow = typeof recipients.$inferSelect

/** Those of some addresses that are known in a round, in any stratum of it. */
export async function listKnown(mailDb: MailDatabase, tags: Buffer[]): Promise<RecipientRow[]> {
  return mailDb.select().from(recipients).where(inArray(recipients.addressTag, tags)).all()
}

/** The rounds of which addresses, or mail to them, are in the file. */
export async function listWrittenTo(mailDb: MailDatabase): Promise<string[]> {
  const ofRound = (table: typeof recipients | typeof reminders | typeof outbox) =>
    mailDb.select({ roundId: sql<string>`${table.roundId}` }).from(table)
  return (
    await union(ofRound(recipients), ofRound(reminders), ofRound(outbox).where(isNotNull(outbox.roundId))).all()
  ).map(({ roundId }) => roundId)
}

/** Adds people and queues their invitations, in one transaction. Whoever is in the stratum already is left as they are. */
export async function addRecipients(
  mailDb: MailDatabase,
  rows: Omit<RecipientRow, 'state'>[],
  now: Date,
): Promise<void> {
  await transaction(mailDb, function* (tx) {
    for (const row of rows) {
      const added = yield* step(
        tx
          .insert(recipients)
          .values({ ...row, state: 'queued' })
          .onConflictDoNothing()
          .run(),
      )
      if (added.changes === 0) continue
      const { id, roundId } = row
      yield* step(
        tx
          .insert(outbox)
          .values({ id, kind: 'invitation', roundId, about: id, nextAttemptAt: now.toISOString(), state: 'waiting' })
          .run(),
      )
    }
  })
}

export async function findRecipient(mailDb: MailDatabase, id: string): Promise<RecipientRow | undefined> {
  return mailDb.select().from(recipients).where(eq(recipients.id, id)).get()
}

/** Whether the person behind an address has opted out somewhere in the round. */
export async function hasOptedOut(
  mailDb: MailDatabase,
  { addressTag }: Pick<RecipientRow, 'addressTag'>,
): Promise<boolean> {
  const theirNo = and(eq(recipients.addressTag, addressTag), eq(recipients.state, 'opted_out'))
  return (await mailDb.select({ id: recipients.id }).from(recipients).where(theirNo).limit(1).get()) !== undefined
}

/** Forgets a person's address wherever in the round it is, and all that waits for it. Saying it twice, or of nobody, changes nothing. */
export async function recordOptOut(mailDb: MailDatabase, recipientId: string): Promise<void> {
  await transaction(mailDb, function* (tx) {
    const found = yield* step(tx.select().from(recipients).where(eq(recipients.id, recipientId)).get())
    if (!found) return
    const theirs = yield* step(
      tx
        .update(recipients)
        .set({ state: 'opted_out', sealed: null })
        .where(eq(recipients.addressTag, found.addressTag))
        .returning({ id: recipients.id })
        .all(),
    )
    const ids = theirs.map(({ id }) => id)
    yield* step(tx.delete(outbox).where(inArray(outbox.id, ids)).run())
  })
}

/** How many recipients of each stratum of a round are in which state. Counts of many; nothing of anybody. */
export async function countRecipients(
  mailDb: MailDatabase,
  roundId: string,
): Promise<{ stratumId: string; state: RecipientState; number: number }[]> {
  return mailDb
    .select({ stratumId: recipients.stratumId, state: recipients.state, number: count() })
    .from(recipients)
    .where(eq(recipients.roundId, roundId))
    .groupBy(recipients.stratumId, recipients.state)
    .all()
}

/** How many addresses of people invited in a round are kept: each once, whatever number of target groups it is in. */
export async function countAddresses(mailDb: MailDatabase, roundId: string): Promise<number> {
  const kept = and(eq(recipients.roundId, roundId), isNotNull(recipients.sealed))
  return (await mailDb
    .select({ number: countDistinct(recipients.addressTag) })
    .from(recipients)
    .where(kept)
    .get())!.number
}
