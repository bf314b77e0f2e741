import { z } from 'zod'
import { targetGroups } from '../questionnaire/target-groups.ts'
import { isoDay, several, wholeNumber } from '../web/form.ts'

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

/** Days and groups of a round that exists. */
export const planForm = withDaysInOrder(z.object(planFields))

const languages = several(z.string().max(20))

/** The languages of a round that exists. */
export const languagesForm = z.object({ languages })

/** A new round. Its id is an address too, so it is not one of the pages beside it. */
export const newRoundForm = withDaysInOrder(
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

export const lastDayForm = z.object({ closesOn: isoDay })
