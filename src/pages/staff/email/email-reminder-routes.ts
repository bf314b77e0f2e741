import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../../../errors.ts'
import { planReminder } from '../../../mail/queueing.ts'
import { phaseOf } from '../../../round/round.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { canRemind, figuresOf } from './email-figures.ts'
import type { Views } from './views.ts'

const may = 'send e-mail' as const

/** Reminders by e-mail, which go to everybody who was reached: what will happen is said first. */
export async function emailReminderRoutes(app: FastifyInstance, options: StaffContext<Views>): Promise<void> {
  const { stores, config, clock, mail, page } = options

  app.get('/email/:stratumId/reminder', { config: { may } }, async (request, reply) =>
    page(request, reply, 'staff/email/reminder', await seen(request)),
  )

  app.post('/email/:stratumId/reminder', { config: { may, does: 'email.reminded' } }, async (request, reply) => {
    const data = await seen(request)
    const { stratum, which: number, isPossible } = data
    const typed = Number((request.body as { number?: string }).number)
    if (!isPossible || typed !== number) return page(request, reply, 'staff/email/reminder', data, 409)
    try {
      await planReminder(mail, { stratumId: stratum.id, now: clock() })
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'conflict') throw error
      return page(request, reply, 'staff/email/reminder', await seen(request), 409) // pressed twice at once
    }
    request.done = { subject: stratum.unit, municipalityCode: stratum.municipalityCode, number }
    return seeOther(reply, `/staff/email/${stratum.id}?done=email.reminded`)
  })

  async function seen({ params, staff }: FastifyRequest) {
    const stratum = await stores.organisation.getStratumWithin(staff.scope, (params as { stratumId: string }).stratumId)
    const counts = {
      states: await stores.mail.countRecipients(stratum.roundId),
      givenUp: [],
      reminders: await stores.mail.listReminders([stratum.id]),
      underWay: await stores.mail.listUnderWay(stratum.roundId),
    }
    const figures = figuresOf(counts, stratum.id)
    const canSend = config.mail.smtpUrl !== undefined
    const isPossible = canSend && phaseOf(stratum) === 'collecting' && canRemind(figures)
    return { stratum, figures, which: figures.reminders.length + 1, isPossible }
  }
}
