import type { FastifyReply } from 'fastify'
import { isPassword } from '../../people/password.ts'
import type { Attempt } from './guesses.ts'

export interface OwnPasswordProblem {
  problem: string
  values: { count: number }
  status: 400 | 429
}

/**
 * Asks somebody who is signed in for their password once more, before a change that would let a stranger at their screen keep the
 * account. Gives what is wrong, as a text key with its values and the status of the answer; `undefined` when it is right.
 */
export async function ownPasswordProblem(
  attempt: Attempt,
  reply: FastifyReply,
  { id, passwordHash }: { id: string; passwordHash: string | null },
  password: string,
): Promise<OwnPasswordProblem | undefined> {
  const check = () => isPassword(passwordHash, password, { account: id })
  const { isRight, waitSeconds } = await attempt(
    reply,
    { what: 'password', staffId: id, who: `password of ${id}` },
    check,
  )
  if (isRight) return undefined
  const values = { count: waitSeconds }
  return waitSeconds > 0
    ? { problem: 'staff.signIn.wait', values, status: 429 }
    : { problem: 'staff.account.oldWrong', values, status: 400 }
}
