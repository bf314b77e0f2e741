import { and, eq, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import type { Person } from './person.ts'
import { staff, staffUnits } from './tables.ts'

/** A row of the table of staff. */
export type StaffRow = typeof staff.$inferSelect

/** The columns that hold a one-time link. */
export const columnsOf = ({ tag, until, by }: OneTimeLink) => ({
  invitationTag: tag,
  invitationUntil: until.toISOString(),
  invitationBy: by,
})

/** A person as pages know them, without anything secret. */
export function personOf(row: StaffRow, unitIds: string[]): Person {
  const { id, email, name, role, municipalityCode, language, passwordHash, totpSealed, endedOn } = row
  return {
    ...{ id, email, name, role, language, unitIds },
    municipalityCode: municipalityCode ?? undefined,
    hasPassword: passwordHash !== null,
    hasSecondFactor: totpSealed !== null,
    endedOn: endedOn ?? undefined,
  }
}

/** What of a row a sign-in needs, and no page is given. */
export const secretsOf = ({ passwordHash, totpSealed, totpStep, invitationUntil, invitationBy }: StaffRow) => ({
  ...{ passwordHash, totpSealed, totpStep, invitationUntil, invitationBy },
})

/** An address as it is compared: people type theirs in capitals, with a space behind. */
export const normalEmail = (email: string) => email.trim().toLowerCase()

/** An account that has not been closed: what comes after that, of somebody who pressed before, must leave nothing in it. */
export const isOpen = (id: string) => and(eq(staff.id, id), isNull(staff.endedOn))
/** What an account is refused with that has ended. */
export const closed = (id: string) => new DomainError('not-found', `Account ${id} has ended.`)

/** A member of staff with what a sign-in needs to know. Never shown. */
export interface Account extends Person {
  passwordHash: string | null
  totpSealed: Buffer | null
  totpStep: number
  invitationUntil: string | null
  invitationBy: string | null
}

/** A one-time link, as it is kept. `by` is the id of the colleague who made it, or `owner` or `operator`. */
export interface OneTimeLink {
  tag: Buffer
  until: Date
  by: string
}

/** A row with what a sign-in needs to know. */
export function* accountOf(db: Database | Transaction, row: StaffRow): Steps<Account> {
  const own = yield* step(
    db.select({ id: staffUnits.unitId }).from(staffUnits).where(eq(staffUnits.staffId, row.id)).all(),
  )
  return {
    ...personOf(
      row,
      own.map(({ id }) => id),
    ),
    ...secretsOf(row),
  }
}
