import { and, eq, inArray, isNotNull, lt, ne, notInArray } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import type { MailDatabase } from '../database/mail-connection.ts'
import { outbox } from '../database/mail-schema.ts'
import { audit, paperBundles, paperImports, rounds, sessions, staff, staffUnits } from '../database/schema.ts'
import { endOf } from './ages.ts'

/** How many rows of each table were taken out; nothing of what was in them. */
export type Forgotten = Record<'deeds' | 'accounts' | 'sessions' | 'links' | 'imports', number>

/**
 * Takes out what is kept of staff and has reached its age. Of an account that is still named by a bundle of paper forms the row stays,
 * without a name and an address.
 */
export async function forgetOld(db: Database, now: Date): Promise<Forgotten> {
  return db.transaction((tx) => {
    const deeds = tx
      .delete(audit)
      .where(lt(audit.at, endOf('deeds', now).at))
      .run().changes
    const old = tx
      .select({ id: staff.id })
      .from(staff)
      .where(and(isNotNull(staff.endedOn), lt(staff.endedOn, endOf('endedAccounts', now).day)))
    const oldSessions = tx
      .delete(sessions)
      .where(lt(sessions.endsAt, endOf('sessions', now).at))
      .run().changes
    tx.delete(staffUnits).where(inArray(staffUnits.staffId, old)).run()
    const named = tx.select({ id: paperBundles.staffId }).from(paperBundles)
    const nameless = tx
      .update(staff)
      .set({ name: '', email: '' })
      .where(and(inArray(staff.id, old), inArray(staff.id, named), ne(staff.email, '')))
      .run().changes
    const gone = tx
      .delete(staff)
      .where(and(inArray(staff.id, old), notInArray(staff.id, named)))
      .run().changes
    const noLink = { invitationTag: null, invitationUntil: null, invitationBy: null }
    const links = tx
      .update(staff)
      .set(noLink)
      .where(lt(staff.invitationUntil, endOf('links', now).at))
      .run().changes
    const over = tx
      .select({ id: rounds.id })
      .from(rounds)
      .where(
        and(inArray(rounds.state, ['closed', 'released', 'published']), lt(rounds.closesOn, endOf('imports', now).day)),
      )
    const imports = tx.delete(paperImports).where(inArray(paperImports.roundId, over)).run().changes
    return { deeds, accounts: nameless + gone, sessions: oldSessions, links, imports }
  })
}

/** Takes out mails to staff that were given up long ago. Gives how many. */
export async function forgetOldMail(mailDb: MailDatabase, now: Date): Promise<number> {
  const isOld = lt(outbox.nextAttemptAt, endOf('givenUpMails', now).at)
  return mailDb
    .delete(outbox)
    .where(and(eq(outbox.kind, 'staff'), eq(outbox.state, 'given_up'), isOld))
    .run().changes
}
