import { and, eq, gt, inArray, isNotNull, lt, ne, notInArray, or } from 'drizzle-orm'
import { audit } from '../audit/tables.ts'
import type { Database, Transaction } from '../database/connection.ts'
import type { MailDatabase } from '../database/mail-connection.ts'
import { type Steps, step, transaction } from '../database/transaction.ts'
import { enrolments } from '../enrolment/tables.ts'
import { outbox } from '../mail/tables.ts'
import { paperBundles, paperImports } from '../paper/tables.ts'
import { type Age, endOf } from '../people/ages.ts'
import { invitationHours, mostAheadHours } from '../people/session.ts'
import { recoveryCodes, sessions, staff, staffUnits } from '../people/tables.ts'
import { statesOver } from '../round/round.ts'
import { lastDayIn } from '../round/store.ts'
import { rounds } from '../round/tables.ts'
import { swedishDay } from '../time/swedish-day.ts'

/** How many rows of each table were taken out; nothing of what was in them. */
export type Forgotten = Record<'deeds' | 'accounts' | 'sessions' | 'links' | 'imports' | 'contacts', number>

/** Takes out what has reached its age of one kind, in a transaction of its own: one that fails stops no other. Gives how many rows. */
export async function forget(db: Database, kind: keyof Forgotten, now: Date): Promise<number> {
  return transaction(db, (tx) => forgetting[kind](tx, now))
}

type Forget = (tx: Transaction, now: Date) => Steps<number>

const ahead = (now: Date, hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString()

/** Of an account that is still named by a bundle of paper forms the row stays, without a name and an address. */
const forgetting: Record<keyof Forgotten, Forget> = {
  *deeds(tx, now) {
    const isOld = lt(audit.at, endOf('deeds', now).at)
    return (yield* step(tx.delete(audit).where(isOld).run())).changes
  },
  *accounts(tx, now) {
    const old = tx
      .select({ id: staff.id })
      .from(staff)
      .where(and(isNotNull(staff.endedOn), lt(staff.endedOn, endOf('endedAccounts', now).day)))
    for (const table of [staffUnits, sessions, recoveryCodes])
      yield* step(tx.delete(table).where(inArray(table.staffId, old)).run())
    const named = tx.select({ id: paperBundles.staffId }).from(paperBundles)
    const isNamed = and(inArray(staff.id, old), inArray(staff.id, named), ne(staff.email, ''))
    const nameless = yield* step(tx.update(staff).set({ name: '', email: '' }).where(isNamed).run())
    const gone = yield* step(
      tx
        .delete(staff)
        .where(and(inArray(staff.id, old), notInArray(staff.id, named)))
        .run(),
    )
    return nameless.changes + gone.changes
  },
  // Those of the future began under a clock that was wrong.
  *sessions(tx, now) {
    const { begunAt, endsAt } = sessions
    const isOver = or(lt(endsAt, endOf('sessions', now).at), gt(begunAt, ahead(now, mostAheadHours)))
    return (yield* step(tx.delete(sessions).where(isOver).run())).changes
  },
  *links(tx, now) {
    const noLink = { invitationTag: null, invitationUntil: null, invitationBy: null }
    const latest = ahead(now, invitationHours + mostAheadHours)
    const isOver = or(lt(staff.invitationUntil, endOf('links', now).at), gt(staff.invitationUntil, latest))
    return (yield* step(tx.update(staff).set(noLink).where(isOver).run())).changes
  },
  *imports(tx, now) {
    const isOld = inArray(paperImports.roundId, roundsOver(tx, 'imports', now))
    return (yield* step(tx.delete(paperImports).where(isOld).run())).changes
  },
  *contacts(tx, now) {
    const { contactName, contactEmail, contactPhone, note, roundId } = enrolments
    const isNamed = or(...[contactName, contactEmail, contactPhone, note].map((column) => ne(column, '')))
    const nothing = { contactName: '', contactEmail: '', contactPhone: '', note: '' }
    const isOld = and(inArray(roundId, roundsOver(tx, 'contacts', now)), isNamed)
    return (yield* step(tx.update(enrolments).set(nothing).where(isOld).run())).changes
  },
}

const roundsOver = (tx: Transaction, age: Age, now: Date) =>
  tx
    .select({ id: rounds.id })
    .from(rounds)
    .where(and(inArray(rounds.state, statesOver), lt(lastDayIn(swedishDay(now)), endOf(age, now).day)))

/** Takes out mails to staff that were given up long ago. Gives how many. */
export async function forgetOldMail(mailDb: MailDatabase, now: Date): Promise<number> {
  const isOld = lt(outbox.nextAttemptAt, endOf('givenUpMails', now).at)
  return (
    await mailDb
      .delete(outbox)
      .where(and(eq(outbox.kind, 'staff'), eq(outbox.state, 'given_up'), isOld))
      .run()
  ).changes
}
