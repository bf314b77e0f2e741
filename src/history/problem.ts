import { DomainError } from '../errors.ts'

/** Why nothing of a source is taken in. The text of each is `staff.history.problem.<name>`. */
export const sourceProblems = [
  ...(['empty', 'html', 'excel', 'otherFile', 'broken', 'noValues', 'columns', 'practice', 'tooLarge'] as const),
  ...(['address', 'scheme', 'unreachable', 'slow', 'redirects', 'otherHost', 'status', 'notJson'] as const),
  ...(['wrongType', 'endless', 'busy'] as const),
] as const

export type SourceProblem = (typeof sourceProblems)[number]

/** @param values what the text names: `host`, `status`, `type`, `limit` */
export const sourceRefusal = (
  problem: SourceProblem,
  values: Record<string, string | number> = {},
  cause?: unknown,
): DomainError =>
  new DomainError(problem === 'busy' || problem === 'slow' ? 'unavailable' : 'invalid', `history: ${problem}`, {
    messageKey: `staff.history.problem.${problem}`,
    values,
    cause,
  })
