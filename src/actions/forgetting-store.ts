import { and, eq, gt, inArray, isNotNull, lt, ne, notInArray, or } from 'drizzle-orm'
import { audit } from '../audit/tables.ts'
import { invitationHours } from '../crypto/secrets.ts'
import type { Database, Transaction } from '../database/connection.ts'
import type { MailDatabase } from '../database/mail-connection.ts'
import { enrolments } from '../enrolment/tables.ts'
import { outbox } from '../mail/tables.ts'
import { paperBundles, paperImports } from '../paper/tables.ts'
import { type Age, endOf } from '../people/ages.ts'
import { mostAheadHours } from '../people/session.ts'
import { recoveryCodes, sessions, staff, staffUnits } from '../people/tables.ts'
import { statesOver } from '../round/round.ts'
import { rounds } from '../round/tables.ts'

/** How many rows of each table were taken out; nothing of what was in them. */
export type Forgotten = Record<'deeds' | 'accounts' | 'sessions' | 'links' | 'imports' | 'contacts', number>

/** Takes out what has reached its age of one kind, in a transaction of its own: one that fails stops no other. Gives how many rows. */
export async function forget(db: Database, kind: keyof Forgotten, now: Date): Promise<number> {
  return db.transaction((tx) => forgetting[kind](tx, now))
}

type Forget = (tx: Transaction, now: Date) => number

const ahead = (now: Date, hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString()

/** Of an account that is still named by a bundle of paper forms the row stays, without a name and an address. */
const forgetting: Record<keyof Forgotten, Forget> = {
  deeds: (tx, now) =>
    tx
      .delete(audit)
      .where(lt(audit.at, endOf('deeds', now).at))
      .run().changes,
  accounts(tx, now) {
    const old = tx
      .select({ id: staff.id })
      .from(staff)
      .where(and(isNotNull(staff.endedOn), lt(staff.endedOn, endOf('endedAccounts', now).day)))
    for (const table of [staffUnits, sessions, recoveryCodes]) tx.delete(table).where(inArray(table.staffId, old)).run()
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
    return nameless + gone
  },
  // Those of the future began under a clock that was wrong.
  sessions: (tx, now) =>
    tx
      .delete(sessions)
      .where(or(lt(sessions.endsAt, endOf('sessions', now).at), gt(sessions.begunAt, ahead(now, mostAheadHours))))
      .run().changes,
  links(tx, now) {
    const noLink = { invitationTag: null, invitationUntil: null, invitationBy: null }
    const latest = ahead(now, invitationHours + mostAheadHours)
    return tx
      .update(staff)
      .set(noLink)
      .where(or(lt(staff.invitationUntil, endOf('links', now).at), gt(staff.invitationUntil, latest)))
      .run().changes
  },
  imports: (tx, now) =>
    tx
      .delete(paperImports)
      .where(inArray(paperImports.roundId, roundsOver(tx, 'imports', now)))
      .run().changes,
  contacts(tx, now) {
    const isNamed = or(
      ...[enrolments.contactName, enrolments.contactEmail, enrolments.contactPhone, enrolments.note].map((column) =>
        ne(column, ''),
      ),
    )
    return tx
      .update(enrolments)
      .set({ contactName: '', contactEmail: '', contactPhone: '', note: '' })
      .where(and(inArray(enrolments.roundId, roundsOver(tx, 'contacts', now)), isNamed))
      .run().changes
  },
}

const roundsOver = (tx: Transaction, age: Age, now: Date) =>
  tx
    .select({ id: rounds.id })
    .from(rounds)
    .where(and(inArray(rounds.state, statesOver), lt(rounds.closesOn, endOf(age, now).day)))

/** Takes out mails to staff that were given up long ago. Gives how many. */
export async function forgetOldMail(mailDb: MailDatabase, now: Date): Promise<number> {
  const isOld = lt(outbox.nextAttemptAt, endOf('givenUpMails', now).at)
  return mailDb
    .delete(outbox)
    .where(and(eq(outbox.kind, 'staff'), eq(outbox.state, 'given_up'), isOld))
    .run().changes
}
