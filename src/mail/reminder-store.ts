import { and, asc, eq, inArray } from 'drizzle-orm'
import type { MailDatabase } from '../database/mail-connection.ts'
import { step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { outbox, recipients, reminders } from './tables.ts'

/** How many reminders each of some strata has had, with the day of the last. */
export async function listReminders(
  mailDb: MailDatabase,
  stratumIds: string[],
): Promise<{ stratumId: string; number: number; plannedOn: string }[]> {
  return mailDb
    .select({ stratumId: reminders.stratumId, number: reminders.number, plannedOn: reminders.plannedOn })
    .from(reminders)
    .where(inArray(reminders.stratumId, stratumIds))
    .orderBy(asc(reminders.number))
    .all()
}

/** Makes the rows of a reminder: how far it has come with each of some recipients, sealed. */
export type SealRuns = (number: number, recipientIds: string[]) => { id: string; sealed: Buffer }[]

/**
 * Queues the next reminder of a stratum, to everybody whose invitation was accepted, and gives which it is and how many they are. The close of
 * a round forgets them all: once it has done so, none is queued.
 * @throws DomainError `conflict` when there is nobody, after two, or while one is under way.
 */
export async function addReminder(
  mailDb: MailDatabase,
  { stratumId, roundId, now }: { stratumId: string; roundId: string; now: Date },
  sealRuns: SealRuns,
): Promise<{ number: number; recipients: number }> {
  return transaction(mailDb, function* (tx) {
    const ofStratum = and(eq(outbox.state, 'waiting'), eq(outbox.kind, 'reminder'), eq(outbox.about, stratumId))
    const isUnderWay = yield* step(tx.select().from(outbox).where(ofStratum).limit(1).get())
    if (isUnderWay) throw new DomainError('conflict', `A reminder of stratum ${stratumId} is being sent.`)
    const before = yield* step(tx.select().from(reminders).where(eq(reminders.stratumId, stratumId)).all())
    const number = before.length + 1
    if (number > 2) throw new DomainError('conflict', `Stratum ${stratumId} has had its two reminders.`)
    const accepted = and(eq(recipients.stratumId, stratumId), eq(recipients.state, 'accepted'))
    const ids = (yield* step(tx.select().from(recipients).where(accepted).all())).map(({ id }) => id)
    if (ids.length === 0) throw new DomainError('conflict', `Nobody of stratum ${stratumId} was invited by e-mail.`)
    const plannedOn = now.toISOString().slice(0, 10)
    yield* step(tx.insert(reminders).values({ stratumId, number, roundId, plannedOn }).run())
    for (const run of sealRuns(number, ids)) {
      yield* step(
        tx
          .insert(outbox)
          .values({
            ...run,
            ...{ kind: 'reminder', roundId, about: stratumId, nextAttemptAt: now.toISOString(), state: 'waiting' },
          })
          .run(),
      )
    }
    return { number, recipients: ids.length }
  })
}

/** Writes how far a reminder has come, and when it goes on. */
export async function keepRun(mailDb: MailDatabase, id: string, sealed: Buffer, next: Date): Promise<void> {
  await mailDb.update(outbox).set({ sealed, nextAttemptAt: next.toISOString() }).where(eq(outbox.id, id)).run()
}

/** The strata of a round with a reminder that is not yet sent to its end. */
export async function listUnderWay(mailDb: MailDatabase, roundId: string): Promise<string[]> {
  const rows = await mailDb
    .selectDistinct({ stratumId: outbox.about })
    .from(outbox)
    .where(and(eq(outbox.state, 'waiting'), eq(outbox.kind, 'reminder'), eq(outbox.roundId, roundId)))
    .all()
  return rows.map(({ stratumId }) => stratumId!)
}
