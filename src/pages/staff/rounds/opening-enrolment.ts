import type { Round } from '../../../round/round.ts'
import type { Values } from '../../../web/views.ts'
import type { Confirmation } from '../confirming.ts'

/** What is asked before municipalities can register: there is no way back. */
export function openingEnrolment(
  { id, registrationOpensOn }: Pick<Round, 'id' | 'registrationOpensOn'>,
  t: (key: string, values?: Values) => string,
  today: string,
): Confirmation {
  const href = `/staff/rounds/${id}`
  const isLater = registrationOpensOn !== undefined && registrationOpensOn > today
  return {
    heading: t('staff.rounds.openingEnrolment.heading', { id }),
    trail: { href, text: t('staff.rounds.name', { id }) },
    consequences: [
      t(isLater ? 'staff.rounds.openingEnrolment.later' : 'staff.rounds.openingEnrolment.all'),
      t('staff.rounds.openingEnrolment.plan'),
    ],
    ...{ action: `${href}/enrolment`, button: t('staff.rounds.step.openEnrolment.button') },
  }
}
