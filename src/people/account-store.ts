import { and, eq, isNotNull, isNull, ne } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { look, type Steps, step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { invitationHours } from '../people/session.ts'
import { type Account, accountOf, closed, columnsOf, isOpen, normalEmail, type OneTimeLink } from './rows-store.ts'
import { mostAheadHours } from './session.ts'
import { recoveryCodes, sessions, staff } from './tables.ts'

export async function findAccountByEmail(db: Database, email: string): Promise<Account | undefined> {
  return findAccount(db, eq(staff.email, normalEmail(email)))
}

export async function findAccountById(db: Database, id: string): Promise<Account | undefined> {
  return findAccount(db, eq(staff.id, id))
}

/** Whose one-time link this is; `undefined` for one that was used, is too old, was made under a clock that was ahead, or was never made. */
export async function findInvited(db: Database, tag: Buffer, now: Date): Promise<Account | undefined> {
  const account = await findAccount(db, eq(staff.invitationTag, tag))
  const until = account?.invitationUntil ?? ''
  return until > now.toISOString() && until < latestEnd(now) ? account : undefined
}

/** Later than any link can end that was made until now. */
const latestEnd = (now: Date) => new Date(now.getTime() + (invitationHours + mostAheadHours) * 3_600_000).toISOString()

/** Whether an address had an account that has ended: somebody is behind it, who must get what is made for it. */
export async function hadAccount(db: Database, email: string): Promise<boolean> {
  const its = and(eq(staff.email, normalEmail(email)), isNotNull(staff.endedOn))
  return (await db.select({ id: staff.id }).from(staff).where(its).limit(1).get()) !== undefined
}

async function findAccount(db: Database, condition: ReturnType<typeof eq>): Promise<Account | undefined> {
  const row = await db
    .select()
    .from(staff)
    .where(and(condition, isNull(staff.endedOn)))
    .get()
  return row && (await look(accountOf(db, row)))
}

/**
 * Makes a one-time link for an account that exists: for a first password, or a new one. The old link ends.
 * @throws DomainError `not-found` when the account was closed meanwhile.
 */
export async function inviteAgain(db: Database, id: string, invitation: OneTimeLink): Promise<void> {
  if ((await db.update(staff).set(columnsOf(invitation)).where(isOpen(id)).run()).changes === 0) throw closed(id)
}

/**
 * Makes the one-time link for which somebody asked from outside, for an account that has a password and is open to it. For all other
 * addresses the link of that or of any account is written over and put back: what is read, written and waited for is the same, so that
 * nobody tells them apart. (A row that is set to what it holds is no write at all to SQLite.)
 * @param mayHave whether that account may have another just now.
 * @returns whose it is, where one was made.
 */
export async function inviteWhoAsked(
  db: Database,
  email: string,
  { invitation, mayHave }: { invitation: OneTimeLink; mayHave: (id: string) => boolean },
): Promise<{ id: string; email: string; name: string; language: string } | undefined> {
  const made = columnsOf(invitation)
  return transaction(db, function* (tx) {
    const its = and(eq(staff.email, normalEmail(email)), isNull(staff.endedOn))
    const own = yield* step(tx.select().from(staff).where(its).limit(1).get())
    const any = yield* step(tx.select().from(staff).limit(1).get())
    const row = own ?? any
    if (!row) return undefined
    const isMade = row === own && own.passwordHash !== null && mayHave(own.id)
    const { invitationTag, invitationUntil, invitationBy } = row
    const asItWas = { invitationTag, invitationUntil, invitationBy }
    for (const link of [made, isMade ? made : asItWas])
      yield* step(tx.update(staff).set(link).where(eq(staff.id, row.id)).run())
    return isMade ? row : undefined
  })
}

/**
 * Sets a password and ends every session of the account but one. A one-time link that is named is used up by it: only one of two
 * who press at once gets through.
 * @throws DomainError `not-found` when that link was used, or the account closed, meanwhile.
 */
export async function setPassword(
  db: Database,
  id: string,
  passwordHash: string,
  { invitationTag, keep }: { invitationTag?: Buffer; keep?: Buffer } = {},
): Promise<void> {
  await transaction(db, function* (tx) {
    const isInvited = invitationTag && eq(staff.invitationTag, invitationTag)
    const { changes } = yield* step(
      tx
        .update(staff)
        .set({ passwordHash, invitationTag: null, invitationUntil: null, invitationBy: null })
        .where(and(isOpen(id), isInvited))
        .run(),
    )
    if (changes === 0) throw new DomainError('not-found', 'This link was used.', { messageKey: 'linkUsed' })
    yield* endSessionsBut(tx, id, keep)
  })
}

function* endSessionsBut(tx: Transaction, id: string, keep?: Buffer): Steps<void> {
  yield* step(
    tx
      .delete(sessions)
      .where(and(eq(sessions.staffId, id), keep && ne(sessions.tag, keep)))
      .run(),
  )
}

/**
 * Sets or, with `null`, removes the second factor, and ends every session of the account but one: they were begun without it.
 * The recovery codes are replaced by those given.
 * @throws DomainError `not-found` when the account was closed meanwhile.
 */
export async function setSecondFactor(
  db: Database,
  id: string,
  {
    keep,
    recoveryTags,
    ...columns
  }: { totpSealed: Buffer | null; totpStep: number; recoveryTags: Buffer[]; keep?: Buffer },
): Promise<void> {
  await transaction(db, function* (tx) {
    if ((yield* step(tx.update(staff).set(columns).where(isOpen(id)).run())).changes === 0) throw closed(id)
    yield* endSessionsBut(tx, id, keep)
    yield* step(tx.delete(recoveryCodes).where(eq(recoveryCodes.staffId, id)).run())
    for (const tag of recoveryTags) yield* step(tx.insert(recoveryCodes).values({ staffId: id, tag }).run())
  })
}

/** Uses up a number of the authenticator; false when another sign-in was faster. */
export async function useTotpStep(
  db: Database,
  id: string,
  { from, to }: { from: number; to: number },
): Promise<boolean> {
  const { changes } = await db
    .update(staff)
    .set({ totpStep: to })
    .where(and(eq(staff.id, id), eq(staff.totpStep, from)))
    .run()
  return changes === 1
}

/** Uses up a recovery code; false when there is no such code, or it was used. */
export async function useRecoveryCode(db: Database, id: string, tag: Buffer): Promise<boolean> {
  const mine = and(eq(recoveryCodes.staffId, id), eq(recoveryCodes.tag, tag))
  return (await db.delete(recoveryCodes).where(mine).run()).changes === 1
}

export async function countRecoveryCodes(db: Database, id: string): Promise<number> {
  return (await db.select().from(recoveryCodes).where(eq(recoveryCodes.staffId, id)).all()).length
}
