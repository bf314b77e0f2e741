import type { FastifyReply } from 'fastify'
import type { CountRefusal, FailedTries } from '../../people/refusals.ts'
import type { SlowDown, Trying, TryOutcome } from './slow-down.ts'

interface Guess extends Trying {
  /** What can be guessed. */
  what: 'password' | 'number'
  /** Whose account it is, where there is one: they see how often it was tried. */
  staffId?: string
}

/** Lets somebody try a password or a number: never in another way, so that each wrong one is slowed down, counted, and shown to its owner. */
export type Attempt = (reply: FastifyReply, guess: Guess, check: () => Promise<boolean>) => Promise<TryOutcome>

export function watchingGuesses({ slowDown, countRefusal, tries }: Watching): Attempt {
  return async (reply, { what, staffId, ...trying }, check) => {
    const outcome = await slowDown.attempt(trying, check)
    if (outcome.isRight) return outcome
    if (outcome.waitSeconds === 0) countRefusal(what)
    else reply.header('retry-after', String(outcome.waitSeconds))
    if (staffId !== undefined) tries.note(staffId)
    return outcome
  }
}

interface Watching {
  slowDown: SlowDown
  countRefusal: CountRefusal
  tries: FailedTries
}
