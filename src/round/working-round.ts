import type { Round, RoundState } from './round.ts'

/**
 * The round that staff work with, of rounds of which the newest come first: the one that collects, else the one municipalities register
 * for, else the newest. `undefined` when there is none.
 */
export function workingRound<R extends Pick<Round, 'state'>>(rounds: R[]): R | undefined {
  const inState = (state: RoundState) => rounds.find((round) => round.state === state)
  return inState('collecting') ?? inState('enrolling') ?? rounds[0]
}
