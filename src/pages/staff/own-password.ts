import { isPassword } from '../../people/password.ts'
import type { SlowDown } from './slow-down.ts'

/**
 * Asks somebody who is signed in for their password once more, before a change that would let a stranger at their screen keep the
 * account. Gives what is wrong, as a text key with its values; `undefined` when it is right.
 */
export async function ownPasswordProblem(
  slowDown: SlowDown,
  { id, passwordHash }: { id: string; passwordHash: string | null },
  password: string,
): Promise<{ problem: string; values: { count: number } } | undefined> {
  const check = () => isPassword(passwordHash, password, { account: id })
  const { isRight, waitSeconds } = await slowDown.attempt({ who: `password of ${id}` }, check)
  if (isRight) return undefined
  return { problem: waitSeconds > 0 ? 'staff.signIn.wait' : 'staff.account.oldWrong', values: { count: waitSeconds } }
}
