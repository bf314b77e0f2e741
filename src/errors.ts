/** Why a request or a command was refused. Everything that is not one of these is a defect. */
export type RefusalCode = 'not-found' | 'invalid' | 'conflict' | 'too-many' | 'unavailable'

/**
 * A refusal the person can do something about. `message` is for operators, in English;
 * `messageKey` names a page text under `web.` for respondents, or is a whole key under `staff.`; `values` fill its text.
 */
export class DomainError extends Error {
  readonly code: RefusalCode
  readonly messageKey: string
  readonly values: Record<string, string | number>

  constructor(
    code: RefusalCode,
    message: string,
    options?: { messageKey?: string; values?: Record<string, string | number>; cause?: unknown },
  ) {
    super(message, { cause: options?.cause })
    this.name = 'DomainError'
    this.code = code
    this.messageKey = options?.messageKey ?? defaultMessageKey[code]
    this.values = options?.values ?? {}
  }
}

/** The page text of a refusal that has none of its own. */
export const defaultMessageKey: Record<RefusalCode, string> = {
  'not-found': 'notFound',
  invalid: 'badRequest',
  conflict: 'badRequest',
  'too-many': 'tooMany',
  unavailable: 'unavailable',
}

/** The HTTP status of each refusal. */
export const statusOf: Record<RefusalCode, number> = {
  'not-found': 404,
  invalid: 400,
  conflict: 409,
  'too-many': 429,
  unavailable: 503,
}
