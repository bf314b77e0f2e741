import { DomainError } from '../../../errors.ts'
import { isUnderWay, roundToEnrolIn } from '../../../round/enrolment.ts'
import type { Stores } from '../../../stores.ts'

/** The round that municipalities register for, and what each of the 290 has answered; no lines where there is none. */
export async function lookAtEnrolments(stores: Stores) {
  const [rounds, working] = await Promise.all([stores.round.listRounds(), stores.round.findWorkingRound()])
  const round = roundToEnrolIn(rounds, working)
  return { round, lines: round ? await stores.enrolment.listEnrolments(round.id) : [] }
}

/** The same, where it can still be changed. @throws DomainError `conflict` once the round is closed. */
export async function enrolmentsUnderWay(stores: Stores) {
  const { round, lines } = await lookAtEnrolments(stores)
  if (!round || !isUnderWay(round))
    throw new DomainError('conflict', 'The round is over.', { messageKey: 'registrationOver' })
  return { round, lines }
}
