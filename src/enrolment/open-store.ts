import { eq } from 'drizzle-orm'
import type { Transaction } from '../database/connection.ts'
import { type Steps, step } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { isUnderWay } from '../round/enrolment.ts'
import type { Round } from '../round/round.ts'
import { rounds } from '../round/tables.ts'

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
