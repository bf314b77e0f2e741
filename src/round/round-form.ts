import * as z from 'zod'
import { targetGroups } from '../questionnaire/target-groups.ts'
import { isoDay, type ReadForm, readForm, several, wholeNumber } from '../web/form.ts'

const problem = (name: string) => `staff.rounds.problem.${name}`
const maybeDay = z.preprocess((text) => (text === '' ? undefined : text), isoDay.optional())

const planFields = {
  registrationOpensOn: maybeDay,
  registrationClosesOn: maybeDay,
  opensOn: isoDay,
  closesOn: isoDay,
  targetGroups: several(z.enum(targetGroups)).refine((groups) => groups.length > 0, 'staff.web.problem.choose'),
}

const inOrder = (earlier: string, later: string) => (plan: object) => {
  const { [earlier]: first, [later]: last } = plan as Record<string, string | undefined>
  return first === undefined || last === undefined || first <= last
}

function withDaysInOrder<T extends object>(schema: z.ZodType<T>): z.ZodType<T> {
  return schema
    .refine(inOrder('opensOn', 'closesOn'), { path: ['closesOn'], message: problem('order') })
    .refine(inOrder('registrationOpensOn', 'registrationClosesOn'), {
      path: ['registrationClosesOn'],
      message: problem('order'),
    })
    .refine(inOrder('registrationClosesOn', 'closesOn'), {
      path: ['registrationClosesOn'],
      message: problem('registrationLate'),
    })
}

/** The last days of a plan that have passed already and are said now, each with what is said of it; those that stand may stay. */
export function pastDays(
  plan: { closesOn: string; registrationClosesOn?: string },
  { today, standing = {} }: { today: string; standing?: { closesOn?: string; registrationClosesOn?: string } },
): Record<string, string> {
  const days = ['closesOn', 'registrationClosesOn'] as const
  const past = days.filter((day) => (plan[day] ?? today) < today && plan[day] !== standing[day])
  return Object.fromEntries(past.map((day) => [day, problem('past')]))
}

/** Days and groups of a round that exists. */
export const planForm = withDaysInOrder(z.object(planFields))

const languages = several(z.string().max(20))

/** The languages of a round that exists. */
export const languagesForm = z.object({ languages })

/** A new round. Its id is an address too, so it is not one of the pages beside it. */
const newRoundForm = withDaysInOrder(
  z.object({
    ...planFields,
    year: wholeNumber(2000, 2100),
    id: z
      .string(problem('id'))
      .trim()
      .regex(/^(?!new$)[a-z0-9-]{1,20}$/, problem('id')),
    languages,
  }),
)

/** Reads what a round is planned with, in the browser and on the command line: none is made whose last day has passed already. */
export function readNewRound(body: unknown, { today }: { today: string }): ReadForm<z.infer<typeof newRoundForm>> {
  const form = readForm(newRoundForm, body)
  if ('problems' in form) return form
  const problems = pastDays(form.data, { today })
  return Object.keys(problems).length > 0 ? { problems, typed: { ...(body as object) } } : form
}

export const lastDayForm = z.object({ closesOn: isoDay })
