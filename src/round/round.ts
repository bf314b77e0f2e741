import type { TargetGroup } from '../questionnaire/target-groups.ts'

/** The life of a round, in order. Codes are met only while collecting; results are shown from released on. */
export const roundStates = ['draft', 'enrolling', 'collecting', 'closed', 'released', 'published'] as const

export type RoundState = (typeof roundStates)[number]

/** One yearly survey. Dates are calendar days as ISO text; they inform people, the state decides. */
export interface Round {
  id: string
  year: number
  state: RoundState
  opensOn: string
  /** The last day as it was planned; see {@link lastDayOf}. */
  closesOn: string
  /** The day on which its collection was ended, by the clock of then. */
  closedOn?: string
  publicKey: Buffer
  targetGroups: TargetGroup[]
  /** The languages it prints and offers; none chosen means all. */
  languages: string[]
  /** Nobody can begin for now; those who have begun, and tablets that hold answers, are still taken. */
  isPaused: boolean
  /** Its answers are for practice: whatever comes of it says so, whoever tells it. */
  isPractice: boolean
  /** Between which days municipalities register. */
  registrationOpensOn?: string
  registrationClosesOn?: string
  /** Until when a closed round takes what its tablets still hold, as an ISO instant; absent while it collects and once its urn was opened. */
  lateUntil?: string
}

/**
 * The last day of its collection: that of its close, and before it the planned one. A close before its first day, or after today, was written
 * by a clock that stood wrong: it is the planned one then, too.
 */
export const lastDayOf = (
  { opensOn, closesOn, closedOn }: Pick<Round, 'opensOn' | 'closesOn' | 'closedOn'>,
  today: string,
): string => (closedOn !== undefined && closedOn >= opensOn && closedOn <= today ? closedOn : closesOn)

/** Whether its collection has ended, for good or until its tablets have delivered. */
export const isOver = (state: RoundState): boolean => roundStates.indexOf(state) >= roundStates.indexOf('closed')

/** The states in which it has. */
export const statesOver = roundStates.filter(isOver)

export type Phase = 'not-open' | 'collecting' | 'paused' | 'closed'

/** What a round is to somebody who would begin now. Who has begun, and what tablets hold, is taken through a pause. */
export function phaseOf({ state, isPaused }: Pick<Round, 'state' | 'isPaused'>): Phase {
  if (state === 'collecting') return isPaused ? 'paused' : 'collecting'
  return state === 'draft' || state === 'enrolling' ? 'not-open' : 'closed'
}
