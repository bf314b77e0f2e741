import { randomBytes } from 'node:crypto'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { look, type Steps, step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import type { Scope } from '../organisation/scope.ts'
import { municipalities, units } from '../organisation/tables.ts'
import { byName } from '../text/name-order.ts'
import type { Person } from './person.ts'
import type { Role } from './roles.ts'
import {
  type Account,
  accountOf,
  closed,
  columnsOf,
  isOpen,
  normalEmail,
  type OneTimeLink,
  personOf,
} from './rows-store.ts'
import { recoveryCodes, sessions, staff, staffUnits } from './tables.ts'

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
  return (await db.select({ id: staff.id }).from(staff).limit(1).get()) === undefined
}

/**
 * Records an account that waits for its invitation to be used, and gives its id. An address whose account has ended gets a new one,
 * with an id of its own: what was done under the old one stays in the name of the old one.
 * @throws DomainError `conflict` when the address has an account, `invalid` for units of another municipality.
 */
export async function addPerson(db: Database, person: NewPerson, invitation: OneTimeLink): Promise<string> {
  const { name, role, municipalityCode = null, language = 'sv' } = person
  const unitIds = [...new Set(person.unitIds)]
  const email = normalEmail(person.email)
  const columns = { email, name, role, municipalityCode, language, ...columnsOf(invitation) }
  return transaction(db, function* (tx) {
    yield* refuseForeignUnits(tx, municipalityCode, unitIds)
    const isTaken = and(eq(staff.email, email), isNull(staff.endedOn))
    if (yield* step(tx.select().from(staff).where(isTaken).get()))
      throw new DomainError('conflict', `${email} has an account already.`, { messageKey: 'emailTaken' })
    const id = randomBytes(8).toString('hex')
    yield* step(
      tx
        .insert(staff)
        .values({ id, ...columns })
        .run(),
    )
    for (const unitId of unitIds) yield* step(tx.insert(staffUnits).values({ staffId: id, unitId }).run())
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
  return transaction(db, function* (tx) {
    if (yield* step(tx.select().from(staff).limit(1).get()))
      throw new DomainError('not-found', 'There is an administrator.', { messageKey: 'setUpLinkUsed' })
    const [row] = yield* step(
      tx
        .insert(staff)
        .values({ ...columns, role: 'national' })
        .returning()
        .all(),
    )
    return yield* accountOf(tx, row!)
  })
}

function* refuseForeignUnits(tx: Transaction, municipalityCode: string | null, unitIds: string[]): Steps<void> {
  const own = yield* step(tx.select().from(units).where(inArray(units.id, unitIds)).all())
  if (own.length !== new Set(unitIds).size || own.some((unit) => unit.municipalityCode !== municipalityCode))
    throw new DomainError('invalid', 'These units are of another municipality.')
}

/** Everybody with an account within a scope, by name; those whose account has ended are left out. */
export async function listPeople(db: Database, scope: Scope): Promise<(Person & { municipality?: string })[]> {
  const at = await db.select().from(staffUnits).all()
  return (
    await db
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
  )
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
  const row = await db.select().from(staff).where(eq(staff.id, id)).get()
  const isForeign = scope.municipalityCode !== undefined && row?.municipalityCode !== scope.municipalityCode
  if (!row || row.endedOn || isForeign) throw new DomainError('not-found', 'There is no such account.')
  return look(accountOf(db, row))
}

/** What somebody is called, also when their account has ended; `undefined` when nothing is kept of them any more. */
export async function findNameOf(db: Database, id: string): Promise<string | undefined> {
  return (await db.select({ name: staff.name }).from(staff).where(eq(staff.id, id)).get())?.name
}

/** Changes what is known of somebody: name, role, units, language. @throws DomainError `invalid` for units of another municipality, `not-found` when the account was closed meanwhile. */
export async function changePerson(
  db: Database,
  id: string,
  { unitIds, ...columns }: Partial<Pick<Person, 'name' | 'role' | 'language' | 'unitIds'>>,
): Promise<void> {
  await transaction(db, function* (tx) {
    const person = yield* step(tx.select().from(staff).where(isOpen(id)).get())
    if (!person) throw closed(id)
    if (unitIds) yield* refuseForeignUnits(tx, person.municipalityCode, unitIds)
    if (Object.keys(columns).length > 0) yield* step(tx.update(staff).set(columns).where(eq(staff.id, id)).run())
    if (!unitIds) return
    yield* step(tx.delete(staffUnits).where(eq(staffUnits.staffId, id)).run())
    for (const unitId of new Set(unitIds)) yield* step(tx.insert(staffUnits).values({ staffId: id, unitId }).run())
  })
}

/**
 * Ends an account and every session of it, at once.
 * @throws DomainError `conflict` for the last national administrator: nobody could make another. `not-found` when it has ended.
 */
export async function endAccount(db: Database, id: string, day: string): Promise<void> {
  await transaction(db, function* (tx) {
    const national = yield* step(
      tx
        .select({ id: staff.id })
        .from(staff)
        .where(and(eq(staff.role, 'national'), isNull(staff.endedOn)))
        .all(),
    )
    if (national.length === 1 && national[0]!.id === id)
      throw new DomainError('conflict', 'It is the last national administrator.', { messageKey: 'ownAccount' })
    yield* step(tx.delete(sessions).where(eq(sessions.staffId, id)).run())
    yield* step(tx.delete(recoveryCodes).where(eq(recoveryCodes.staffId, id)).run())
    const noLink = { invitationTag: null, invitationUntil: null, invitationBy: null }
    const nothing = { passwordHash: null, totpSealed: null, ...noLink }
    const ended = yield* step(
      tx
        .update(staff)
        .set({ ...nothing, endedOn: day })
        .where(isOpen(id))
        .run(),
    )
    if (ended.changes === 0) throw closed(id)
  })
}
