import { randomBytes } from 'node:crypto'
import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { municipalities, recoveryCodes, sessions, staff, staffUnits, units } from '../database/schema.ts'
import { DomainError } from '../errors.ts'
import { byName } from '../name-order.ts'
import type { Person } from './person.ts'
import type { Role } from './roles.ts'
import type { Scope } from './scope.ts'

type StaffRow = typeof staff.$inferSelect

/** A member of staff with what a sign-in needs to know. Never shown. */
export interface Account extends Person {
  passwordHash: string | null
  totpSealed: Buffer | null
  totpStep: number
  invitationUntil: string | null
  invitationBy: string | null
}

/** A one-time link, as it is kept. `by` is the id of the colleague who made it, or `owner` or `operator`. */
export interface Invitation {
  tag: Buffer
  until: Date
  by: string
}

const columnsOf = ({ tag, until, by }: Invitation) => ({
  invitationTag: tag,
  invitationUntil: until.toISOString(),
  invitationBy: by,
})

function accountOf(db: Database, row: StaffRow): Account {
  const own = db.select({ id: staffUnits.unitId }).from(staffUnits).where(eq(staffUnits.staffId, row.id)).all()
  return {
    ...personOf(
      row,
      own.map(({ id }) => id),
    ),
    ...secretsOf(row),
  }
}

function personOf(row: StaffRow, unitIds: string[]): Person {
  const { id, email, name, role, municipalityCode, language, passwordHash, totpSealed, endedOn } = row
  return {
    ...{ id, email, name, role, language, unitIds },
    municipalityCode: municipalityCode ?? undefined,
    hasPassword: passwordHash !== null,
    hasSecondFactor: totpSealed !== null,
    endedOn: endedOn ?? undefined,
  }
}

const secretsOf = ({ passwordHash, totpSealed, totpStep, invitationUntil, invitationBy }: StaffRow) => ({
  ...{ passwordHash, totpSealed, totpStep, invitationUntil, invitationBy },
})

export interface NewPerson {
  email: string
  name: string
  role: Role
  municipalityCode?: string
  unitIds?: string[]
  language?: string
}

/** Whether nobody has an account yet: the service then shows a set-up link in its terminal. */
export async function hasNoStaff(db: Database): Promise<boolean> {
  return db.select({ id: staff.id }).from(staff).limit(1).get() === undefined
}

/**
 * Records an account that waits for its invitation to be used, and gives its id. An address whose account has ended gets a new one,
 * with an id of its own: what was done under the old one stays in the name of the old one.
 * @throws DomainError `conflict` when the address has an account, `invalid` for units of another municipality.
 */
export async function addPerson(db: Database, person: NewPerson, invitation: Invitation): Promise<string> {
  const { name, role, municipalityCode = null, language = 'sv' } = person
  const unitIds = [...new Set(person.unitIds)]
  const email = normalEmail(person.email)
  refuseForeignUnits(db, municipalityCode, unitIds)
  const columns = { email, name, role, municipalityCode, language, ...columnsOf(invitation) }
  return db.transaction((tx) => {
    const isTaken = and(eq(staff.email, email), isNull(staff.endedOn))
    if (tx.select().from(staff).where(isTaken).get())
      throw new DomainError('conflict', `${email} has an account already.`, { messageKey: 'emailTaken' })
    const id = randomBytes(8).toString('hex')
    tx.insert(staff)
      .values({ id, ...columns })
      .run()
    for (const unitId of unitIds) tx.insert(staffUnits).values({ staffId: id, unitId }).run()
    return id
  })
}

/**
 * The first account of all, in one piece: a half-made one would leave nobody who could make another.
 * @throws DomainError `not-found` when there is an account already.
 */
export async function addFirstAdministrator(
  db: Database,
  { name, email, passwordHash }: { name: string; email: string; passwordHash: string },
): Promise<Account> {
  const columns = { id: randomBytes(8).toString('hex'), name, email: normalEmail(email), passwordHash }
  return db.transaction((tx) => {
    if (tx.select().from(staff).limit(1).get())
      throw new DomainError('not-found', 'There is an administrator.', { messageKey: 'setUpLinkUsed' })
    const [row] = tx
      .insert(staff)
      .values({ ...columns, role: 'national' })
      .returning()
      .all()
    return accountOf(db, row!)
  })
}

/** An address as it is compared: people type theirs in capitals, with a space behind. */
export const normalEmail = (email: string) => email.trim().toLowerCase()

function refuseForeignUnits(db: Database, municipalityCode: string | null, unitIds: string[]): void {
  const own = db.select().from(units).where(inArray(units.id, unitIds)).all()
  if (own.length !== new Set(unitIds).size || own.some((unit) => unit.municipalityCode !== municipalityCode))
    throw new DomainError('invalid', 'These units are of another municipality.')
}

/** Everybody with an account within a scope, by name; those whose account has ended are left out. */
export async function listPeople(db: Database, scope: Scope): Promise<(Person & { municipality?: string })[]> {
  const at = db.select().from(staffUnits).all()
  return db
    .select({ person: staff, municipality: municipalities.name })
    .from(staff)
    .leftJoin(municipalities, eq(municipalities.code, staff.municipalityCode))
    .where(
      and(
        isNull(staff.endedOn),
        scope.municipalityCode === undefined ? undefined : eq(staff.municipalityCode, scope.municipalityCode),
      ),
    )
    .orderBy(asc(staff.email))
    .all()
    .sort(byName(({ person }) => person.name))
    .map(({ person, municipality }) => ({
      ...personOf(
        person,
        at.flatMap(({ staffId, unitId }) => (staffId === person.id ? [unitId] : [])),
      ),
      municipality: municipality ?? undefined,
    }))
}

/** One account within a scope. @throws DomainError `not-found`, also for somebody of another municipality. */
export async function getPerson(db: Database, scope: Scope, id: string): Promise<Person> {
  const row = db.select().from(staff).where(eq(staff.id, id)).get()
  const isForeign = scope.municipalityCode !== undefined && row?.municipalityCode !== scope.municipalityCode
  if (!row || row.endedOn || isForeign) throw new DomainError('not-found', 'There is no such account.')
  return accountOf(db, row)
}

export async function findAccountByEmail(db: Database, email: string): Promise<Account | undefined> {
  return findAccount(db, eq(staff.email, normalEmail(email)))
}

export async function findAccountById(db: Database, id: string): Promise<Account | undefined> {
  return findAccount(db, eq(staff.id, id))
}

/** Whose one-time link this is; `undefined` for one that was used, is too old or was never made. */
export async function findInvited(db: Database, tag: Buffer, now: Date): Promise<Account | undefined> {
  const account = await findAccount(db, eq(staff.invitationTag, tag))
  return account && (account.invitationUntil ?? '') > now.toISOString() ? account : undefined
}

async function findAccount(db: Database, condition: ReturnType<typeof eq>): Promise<Account | undefined> {
  const row = db
    .select()
    .from(staff)
    .where(and(condition, isNull(staff.endedOn)))
    .get()
  return row && accountOf(db, row)
}

/** Makes a one-time link for an account that exists: for a first password, or a new one. The old link ends. */
export async function inviteAgain(db: Database, id: string, invitation: Invitation): Promise<void> {
  db.update(staff).set(columnsOf(invitation)).where(eq(staff.id, id)).run()
}

/** Writes an account as it is: the same work as making a link, for an address that has no account, so that nobody tells them apart. */
export async function writeNothing(db: Database): Promise<void> {
  const any = db.select({ id: staff.id }).from(staff).limit(1).get()
  if (any)
    db.update(staff)
      .set({ totpStep: sql`${staff.totpStep}` })
      .where(eq(staff.id, any.id))
      .run()
}

/** What somebody is called, also when their account has ended; `undefined` when nothing is kept of them any more. */
export async function findNameOf(db: Database, id: string): Promise<string | undefined> {
  return db.select({ name: staff.name }).from(staff).where(eq(staff.id, id)).get()?.name
}

/**
 * Sets a password and ends every session of the account but one. A one-time link that is named is used up by it: only one of two
 * who press at once gets through.
 * @throws DomainError `not-found` when that link was used meanwhile.
 */
export async function setPassword(
  db: Database,
  id: string,
  passwordHash: string,
  { invitationTag, keep }: { invitationTag?: Buffer; keep?: Buffer } = {},
): Promise<void> {
  db.transaction((tx) => {
    const isInvited = invitationTag && eq(staff.invitationTag, invitationTag)
    const { changes } = tx
      .update(staff)
      .set({ passwordHash, invitationTag: null, invitationUntil: null, invitationBy: null })
      .where(and(eq(staff.id, id), isInvited))
      .run()
    if (changes === 0) throw new DomainError('not-found', 'This link was used.', { messageKey: 'linkUsed' })
    endSessionsBut(tx, id, keep)
  })
}

function endSessionsBut(tx: Pick<Database, 'delete'>, id: string, keep?: Buffer): void {
  tx.delete(sessions)
    .where(and(eq(sessions.staffId, id), keep && ne(sessions.tag, keep)))
    .run()
}

/** Changes what is known of somebody: name, role, units, language. @throws DomainError `invalid` for units of another municipality. */
export async function changePerson(
  db: Database,
  id: string,
  { unitIds, ...columns }: Partial<Pick<Person, 'name' | 'role' | 'language' | 'unitIds'>>,
): Promise<void> {
  const { municipalityCode } = db.select().from(staff).where(eq(staff.id, id)).get()!
  if (unitIds) refuseForeignUnits(db, municipalityCode, unitIds)
  db.transaction((tx) => {
    if (Object.keys(columns).length > 0) tx.update(staff).set(columns).where(eq(staff.id, id)).run()
    if (!unitIds) return
    tx.delete(staffUnits).where(eq(staffUnits.staffId, id)).run()
    for (const unitId of new Set(unitIds)) tx.insert(staffUnits).values({ staffId: id, unitId }).run()
  })
}

/**
 * Ends an account and every session of it, at once.
 * @throws DomainError `conflict` for the last national administrator: nobody could make another.
 */
export async function endAccount(db: Database, id: string, day: string): Promise<void> {
  db.transaction((tx) => {
    const national = tx
      .select({ id: staff.id })
      .from(staff)
      .where(and(eq(staff.role, 'national'), isNull(staff.endedOn)))
      .all()
    if (national.length === 1 && national[0]!.id === id)
      throw new DomainError('conflict', 'It is the last national administrator.', { messageKey: 'ownAccount' })
    tx.delete(sessions).where(eq(sessions.staffId, id)).run()
    tx.delete(recoveryCodes).where(eq(recoveryCodes.staffId, id)).run()
    const noLink = { invitationTag: null, invitationUntil: null, invitationBy: null }
    const nothing = { passwordHash: null, totpSealed: null, ...noLink }
    tx.update(staff)
      .set({ ...nothing, endedOn: day })
      .where(eq(staff.id, id))
      .run()
  })
}

/**
 * Sets or, with `null`, removes the second factor, and ends every session of the account but one: they were begun without it.
 * The recovery codes are replaced by those given.
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
  db.transaction((tx) => {
    endSessionsBut(tx, id, keep)
    tx.update(staff).set(columns).where(eq(staff.id, id)).run()
    tx.delete(recoveryCodes).where(eq(recoveryCodes.staffId, id)).run()
    for (const tag of recoveryTags) tx.insert(recoveryCodes).values({ staffId: id, tag }).run()
  })
}

/** Uses up a number of the authenticator; false when another sign-in was faster. */
export async function useTotpStep(
  db: Database,
  id: string,
  { from, to }: { from: number; to: number },
): Promise<boolean> {
  const { changes } = db
    .update(staff)
    .set({ totpStep: to })
    .where(and(eq(staff.id, id), eq(staff.totpStep, from)))
    .run()
  return changes === 1
}

/** Uses up a recovery code; false when there is no such code, or it was used. */
export async function useRecoveryCode(db: Database, id: string, tag: Buffer): Promise<boolean> {
  const mine = and(eq(recoveryCodes.staffId, id), eq(recoveryCodes.tag, tag))
  return db.delete(recoveryCodes).where(mine).run().changes === 1
}

export async function countRecoveryCodes(db: Database, id: string): Promise<number> {
  return db.select().from(recoveryCodes).where(eq(recoveryCodes.staffId, id)).all().length
}
