import { desc, eq } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { areGroupsOpen, type EnrolmentState, isUnderWay } from '../round/enrolment.ts'
import type { Round } from '../round/round.ts'
import { rounds } from '../round/tables.ts'
import { workingRound } from '../round/working-round.ts'
import { type At, isAt, strataOf } from './places-store.ts'
import { enrolments } from './tables.ts'

/** Whether something of a round's registration may change, by its state and its days. */
export type IsOpen = (round: Pick<Round, 'state' | 'registrationOpensOn' | 'registrationClosesOn'>) => boolean

/**
 * The first step of whatever changes who takes part in a round: a page has asked the same before, and the round may be closed since.
 * @param isOpen until the round is closed, where nothing else is said
 * @throws DomainError `conflict` when it may not change any more.
 */
export function* requireOpen(tx: Transaction, roundId: string, isOpen: IsOpen = isUnderWay): Steps<void> {
  const { state, registrationOpensOn, registrationClosesOn } = rounds
  const [round] = yield* step(
    tx.select({ state, registrationOpensOn, registrationClosesOn }).from(rounds).where(eq(rounds.id, roundId)).all(),
  )
  const days = {
    registrationOpensOn: round?.registrationOpensOn ?? undefined,
    registrationClosesOn: round?.registrationClosesOn ?? undefined,
  }
  if (!round || !isOpen({ state: round.state, ...days }))
    throw new DomainError('conflict', 'Registration is over.', { messageKey: 'registrationOver' })
}

/** What a municipality has answered in a round, and whether it takes part: has strata, or was approved so that its places become strata. */
export function* partOf(
  db: Database | Transaction,
  at: At,
): Steps<{ answer: EnrolmentState | undefined; isTakingPart: boolean }> {
  const { state } = enrolments
  const [enrolment] = yield* step(db.select({ state }).from(enrolments).where(isAt(at)).all())
  const answer = enrolment?.state
  const hasStrata = (yield* strataOf(db, at)).length > 0
  return { answer, isTakingPart: answer === 'approved' || (answer !== 'abstains' && hasStrata) }
}

/**
 * The first step of whatever changes the groups of a municipality's units on a day; gives whether they are strata.
 * @throws DomainError `conflict` when they cannot change any more, see `areGroupsOpen`.
 */
export function* requireGroupsOpen(tx: Transaction, at: At, today: string): Steps<boolean> {
  const part = yield* partOf(tx, at)
  yield* requireOpen(tx, at.roundId, (round) => areGroupsOpen(round, { ...part, today }))
  return part.isTakingPart
}

/** The first step of whatever takes away a unit. @throws DomainError `conflict` when the round that staff work with is closed. */
export function* requireUnitsOpen(tx: Transaction): Steps<void> {
  const { id, state, year } = rounds
  const round = workingRound(yield* step(tx.select({ state }).from(rounds).orderBy(desc(year), desc(id)).all()))
  if (round && !isUnderWay(round))
    throw new DomainError('conflict', 'The round is closed: its units stand.', { messageKey: 'roundClosed' })
}
