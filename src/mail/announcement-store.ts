import type { MailDatabase } from '../database/mail-connection.ts'
import { step, transaction } from '../database/transaction.ts'
import type { Announcement } from '../results/announcements.ts'
import { announcements, outbox } from './tables.ts'

type Key = Pick<Announcement, 'roundId' | 'number' | 'kind' | 'since'>

/** The announcements that were queued. */
export async function listAnnounced(mailDb: MailDatabase): Promise<Key[]> {
  return mailDb.select().from(announcements).all()
}

/** Queues the mails of an announcement, all of them or none, unless that was done before. @returns whether it did */
export async function addAnnouncement(
  mailDb: MailDatabase,
  { roundId, number, kind, since }: Key,
  { rows, due }: { rows: { id: string; sealed: Buffer }[]; due: Date },
): Promise<boolean> {
  const mail = { kind: 'staff', nextAttemptAt: due.toISOString(), state: 'waiting' } as const
  return transaction(mailDb, function* (tx) {
    const key = { roundId, number, kind, since }
    const { changes } = yield* step(tx.insert(announcements).values(key).onConflictDoNothing().run())
    if (changes === 0) return false
    for (const row of rows)
      yield* step(
        tx
          .insert(outbox)
          .values({ ...row, ...mail })
          .run(),
      )
    return true
  })
}
