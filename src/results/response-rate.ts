import { sum } from '../statistics/sum.ts'

/** How many persons were offered the survey, and how many of them answered at least one question. */
export interface Participation {
  offered: number
  responses: number
}

/**
 * Responses / offered, from 0 to 1, of one stratum and channel. `undefined` where nobody was offered, which is never 0, and where more
 * answered than were offered: a tally is missing.
 */
export const responseRate = ({ offered, responses }: Participation): number | undefined =>
  offered === 0 || responses > offered ? undefined : responses / offered

/**
 * Participation of several that have nobody in common. Where a tally is missing at least those were offered who answered, so that one
 * slip leaves the others their rate: `isAtMost` says that it can be lower, never that it is higher.
 * @param parts each of one stratum and channel
 */
export function pooledParticipation(parts: readonly Participation[]): Participation & { isAtMost: boolean } {
  return {
    offered: sum(parts.map(({ offered, responses }) => Math.max(offered, responses))),
    responses: sum(parts.map(({ responses }) => responses)),
    isAtMost: parts.some(({ offered, responses }) => responses > offered),
  }
}

/**
 * How many could have answered a question, as far as it can be known, for the finite population correction: those offered, scaled to
 * those who answered it (offered · n / responses). Seldom a whole number. `undefined` where it is not known, and so nothing is corrected:
 * a tally is missing, or nobody answered.
 * @param people n, those who have an opinion on the question; at most `responses`
 */
export const populationOf = (people: number, { offered, responses }: Participation): number | undefined =>
  responses === 0 || responses > offered ? undefined : (offered * people) / responses

/** Below so many per cent a response rate is low: those who did not answer may well think otherwise. */
const lowRate = 30

/** @param percent a response rate */
export const isLowRate = (percent: number): boolean => percent < lowRate
