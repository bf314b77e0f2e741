import { createHmac } from 'node:crypto'
import { eq, isNotNull } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import type { Keys } from '../database/key-folder.ts'
import { keyChecks } from '../database/tables.ts'
import { step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { recoveryCodes, staff } from './tables.ts'

const name = 'staff'
const isStaffKey = eq(keyChecks.name, name)

/**
 * Binds a database to the staff key it was first served with: with another one no second factor is right and no mail can be read, and
 * both would only look like mistakes of people.
 * @throws DomainError `conflict` that says what to do.
 */
export async function bindStaffKey(db: Database, keys: Keys): Promise<void> {
  const fingerprint = fingerprintOf(keys)
  await transaction(db, function* (tx) {
    yield* step(tx.insert(keyChecks).values({ name, fingerprint }).onConflictDoNothing().run())
    const [known] = yield* step(tx.select().from(keyChecks).where(isStaffKey).all())
    if (known!.fingerprint !== fingerprint)
      throw new DomainError(
        'conflict',
        'The staff.key in the key folder is not the one this database was used with. Put its copy there; if every copy is lost: brukarsvar init --new-staff-key',
      )
  })
}

/** Whether it is the right staff key, as far as is known. */
export async function hasStaffKey(db: Database, keys: Keys): Promise<boolean> {
  const known = await db.select().from(keyChecks).where(isStaffKey).get()
  return known === undefined || known.fingerprint === fingerprintOf(keys)
}

/** Whether something was sealed with a staff key, so that a new one would not do in its place. */
export async function needsStaffKey(db: Database): Promise<boolean> {
  const hasFactor = await db.select({ id: staff.id }).from(staff).where(isNotNull(staff.totpSealed)).limit(1).get()
  return hasFactor !== undefined || (await db.select().from(keyChecks).where(isStaffKey).get()) !== undefined
}

/** Takes another staff key from now on. Nobody has a second factor any more: nobody could give the right number. */
export async function takeNewStaffKey(db: Database, keys: Keys): Promise<void> {
  const fingerprint = fingerprintOf(keys)
  await transaction(db, function* (tx) {
    yield* step(tx.update(staff).set({ totpSealed: null, totpStep: 0 }).run())
    yield* step(tx.delete(recoveryCodes).run())
    yield* step(
      tx
        .insert(keyChecks)
        .values({ name, fingerprint })
        .onConflictDoUpdate({ target: keyChecks.name, set: { fingerprint } })
        .run(),
    )
  })
}

const fingerprintOf = ({ staffKey }: Keys) =>
  createHmac('sha256', staffKey).update('brukarsvar staff key').digest('hex').slice(0, 16)
