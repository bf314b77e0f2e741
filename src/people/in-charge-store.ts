import { and, eq, gt, isNotNull, isNull, ne, or } from 'drizzle-orm'
import type { Transaction } from '../database/connection.ts'
import { type Steps, step } from '../database/transaction.ts'
import { daysAfter } from '../time/days.ts'
import { staff } from './tables.ts'

/** Somebody whose account ended so lately counts still: nobody ends a colleague's account to be alone. */
const daysAfterEnd = 14

/**
 * Whether a national administrator is the only one there is and has been for fourteen days: then one alone decides what needs two.
 * @param id of their account, or `operator`
 * @param today ISO day
 */
export function* isAloneInCharge(tx: Pick<Transaction, 'select'>, id: string, today: string): Steps<boolean> {
  const isThere = or(
    and(isNull(staff.endedOn), isNotNull(staff.passwordHash)),
    gt(staff.endedOn, daysAfter(today, -daysAfterEnd)),
  )
  const other = yield* step(
    tx
      .select({ id: staff.id })
      .from(staff)
      .where(and(eq(staff.role, 'national'), ne(staff.id, id), isThere))
      .limit(1)
      .get(),
  )
  return other === undefined
}
