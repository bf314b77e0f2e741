import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step } from '../database/transaction.ts'
import { textOfRows } from '../database/whether-changed.ts'
import { removingStrata } from '../organisation/unused-strata-store.ts'
import { requireOpen } from './open-store.ts'
import { type At, followPlaces, isAt } from './places-store.ts'
import { putBack, type Registered, standingAt } from './standing-store.ts'
import { rowsAt } from './store.ts'
import { enrolments } from './tables.ts'

/** A registration that was approved: what it was before, and all that stood afterwards, as a text. */
export interface Approved {
  municipalityCode: string
  before: Registered
  stands: string
}

/**
 * Approves what some municipalities have sent in, which makes their strata, and gives those that were approved; those that have sent
 * in nothing stay as they are.
 * @throws DomainError `conflict` once the round is closed.
 */
export async function approveEnrolments(
  db: Database,
  roundId: string,
  codes: string[],
  today: string,
): Promise<Approved[]> {
  return removingStrata(db, function* (tx) {
    yield* requireOpen(tx, roundId)
    const approved: Approved[] = []
    for (const municipalityCode of codes) {
      const at = { roundId, municipalityCode }
      const before = yield* standingAt(tx, at)
      const { changes } = yield* step(
        tx
          .update(enrolments)
          .set({ state: 'approved', approvedOn: today })
          .where(and(isAt(at), eq(enrolments.state, 'submitted')))
          .run(),
      )
      if (changes === 0) continue
      yield* followPlaces(tx, at)
      approved.push({ municipalityCode, before, stands: textOfRows(yield* rowsAt(tx, at)) })
    }
    return approved
  })
}

/**
 * Makes registrations wait for their approval again, with the strata that there were before, and gives the codes of those that do: not
 * where anything of a registration is another since, or something has happened at a stratum that its approval made.
 * @throws DomainError `conflict` once the round is closed.
 */
export async function takeBackApprovals(db: Database, roundId: string, approved: Approved[]): Promise<string[]> {
  return removingStrata(db, function* (tx) {
    yield* requireOpen(tx, roundId)
    const back: string[] = []
    for (const one of approved)
      if (yield* takeBack(tx, { roundId, municipalityCode: one.municipalityCode }, one)) back.push(one.municipalityCode)
    return back
  })
}

function* takeBack(tx: Transaction, at: At, { before, stands }: Approved): Steps<boolean> {
  if (textOfRows(yield* rowsAt(tx, at)) !== stands) return false
  if (!(yield* putBack(tx, at.roundId, before, yield* standingAt(tx, at)))) return false
  yield* step(tx.update(enrolments).set({ state: 'submitted', approvedOn: null }).where(isAt(at)).run())
  return true
}
