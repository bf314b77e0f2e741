import { passwordProblem } from './password.ts'

/** What is wrong with a new password, by field; `undefined` when it will do. */
export async function passwordProblems(password: string, person: { email: string; name: string }) {
  const problem = await passwordProblem(password, person)
  return problem && { password: `staff.signIn.password.${problem}` }
}
