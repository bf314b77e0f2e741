import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { areGroupsOpen, type EnrolmentState, isUnderWay } from '../round/enrolment.ts'
import type { Round } from '../round/round.ts'
import { rounds } from '../round/tables.ts'
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

/** A municipality's part in a round. */
export interface Participation {
  answer?: EnrolmentState
  /** Whether it has strata, or has been approved so that its places become strata. */
  isTakingPart: boolean
}

/** The part of a municipality in a round. */
export function* partOf(db: Database | Transaction, at: At): Steps<Participation> {
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
