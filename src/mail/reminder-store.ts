import { and, asc, eq, inArray } from 'drizzle-orm'
import type { MailDatabase } from '../database/mail-connection.ts'
import { step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { outbox, reminders } from './tables.ts'

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

/**
 * Queues a reminder of a stratum.
 * @throws DomainError `conflict` after two, or while one is under way.
 */
export async function addReminder(
  mailDb: MailDatabase,
  reminder: typeof reminders.$inferInsert,
  runs: { id: string; sealed: Buffer }[],
  now: Date,
): Promise<void> {
  const { stratumId, roundId, number } = reminder
  await transaction(mailDb, function* (tx) {
    const ofStratum = and(eq(outbox.state, 'waiting'), eq(outbox.kind, 'reminder'), eq(outbox.about, stratumId))
    const isUnderWay = yield* step(tx.select().from(outbox).where(ofStratum).limit(1).get())
    if (isUnderWay) throw new DomainError('conflict', `A reminder of stratum ${stratumId} is being sent.`)
    if (number > 2) throw new DomainError('conflict', `Stratum ${stratumId} has had its two reminders.`)
    yield* step(tx.insert(reminders).values(reminder).run())
    for (const run of runs) {
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
  })
}

/** Writes how far a reminder has come, and when it goes on. */
export async function keepRun(mailDb: MailDatabase, id: string, sealed: Buffer, next: Date): Promise<void> {
  mailDb.update(outbox).set({ sealed, nextAttemptAt: next.toISOString() }).where(eq(outbox.id, id)).run()
}

/** The strata of a round with a reminder that is not yet sent to its end. */
export async function listUnderWay(mailDb: MailDatabase, roundId: string): Promise<string[]> {
  const rows = mailDb
    .selectDistinct({ stratumId: outbox.about })
    .from(outbox)
    .where(and(eq(outbox.state, 'waiting'), eq(outbox.kind, 'reminder'), eq(outbox.roundId, roundId)))
    .all()
  return rows.map(({ stratumId }) => stratumId!)
}
