import { count } from 'drizzle-orm'
import type { MailDatabase } from '../../src/database/mail-connection.ts'
import { outbox } from '../../src/mail/tables.ts'

/** How many mails wait, and how many were given up, by kind. A reminder counts once for up to 500 people. */
export async function countOutbox(mailDb: MailDatabase) {
  return mailDb
    .select({ kind: outbox.kind, state: outbox.state, number: count() })
    .from(outbox)
    .groupBy(outbox.kind, outbox.state)
    .all()
}
