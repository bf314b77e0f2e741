import type { Round } from './round.ts'

/** What the national administrator does next with a round. */
export type NextStep =
  | 'openEnrolment'
  | 'openCollection'
  | 'continue'
  | 'follow'
  | 'close'
  | 'openUrn'
  | 'counted'
  | 'done'

/**
 * @param today the calendar day, as ISO text.
 * @param isOpened whether the urn of the round was opened and counted.
 */
export function nextStep(
  { state, isPaused, closesOn }: Pick<Round, 'state' | 'isPaused' | 'closesOn'>,
  { today, isOpened }: { today: string; isOpened: boolean },
): NextStep {
  if (state === 'draft') return 'openEnrolment'
  if (state === 'enrolling') return 'openCollection'
  if (state === 'collecting') return isPaused ? 'continue' : today > closesOn ? 'close' : 'follow'
  if (state === 'closed') return isOpened ? 'counted' : 'openUrn'
  return 'done'
}
