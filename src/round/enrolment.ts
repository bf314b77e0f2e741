import type { Round } from './round.ts'

/** A municipality's registration: reminded and silent, sent in, approved, or a no. */
export const enrolmentStates = ['asked', 'submitted', 'approved', 'abstains'] as const

export type EnrolmentState = (typeof enrolmentStates)[number]

/** What a municipality can do for a round on a day: wait, register and change, or only read. */
export type Registration = 'not-yet' | 'open' | 'over'

/** The dates say it while the round enrols, both days included; where a date is missing the state decides. */
export function registrationOf(
  {
    state,
    registrationOpensOn = '',
    registrationClosesOn = '9999',
  }: Pick<Round, 'state' | 'registrationOpensOn' | 'registrationClosesOn'>,
  today: string,
): Registration {
  if (state === 'draft') return 'not-yet'
  if (state !== 'enrolling' || today > registrationClosesOn) return 'over'
  return today < registrationOpensOn ? 'not-yet' : 'open'
}

/** Whether strata can still come and go: until the round is closed. */
export function isUnderWay({ state }: Pick<Round, 'state'>): boolean {
  return state === 'draft' || state === 'enrolling' || state === 'collecting'
}

/** The round municipalities register for: the newest that enrols, else the one staff work with. */
export function roundToEnrolIn(rounds: Round[], working: Round | undefined): Round | undefined {
  return rounds.find(({ state }) => state === 'enrolling') ?? working
}

/**
 * Whether a municipality's groups at its units can change: when it takes part until the round is closed, otherwise while it
 * registers and has not said no.
 */
export function areGroupsOpen(
  round: Pick<Round, 'state' | 'registrationOpensOn' | 'registrationClosesOn'>,
  { isTakingPart, answer, today }: { isTakingPart: boolean; answer?: EnrolmentState; today: string },
): boolean {
  const isRegistering = registrationOf(round, today) === 'open' && answer !== 'abstains'
  return isUnderWay(round) && (isTakingPart || isRegistering)
}
