import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Wording, writeInvitation } from '../../../mail/invitation-mail.ts'
import { registerOf } from '../../../questionnaire/target-groups.ts'
import { phaseOf } from '../../../round/round.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { canRemind, figuresOf, nextOf } from './email-figures.ts'
import type { Views } from './views.ts'

const may = 'send e-mail' as const
const wordings: Wording[] = ['invitation', 'reminder']

/** Invitations by e-mail: how they stand, what they say, and another try of those that could not be sent. */
export async function emailRoutes(app: FastifyInstance, options: StaffContext<Views>): Promise<void> {
  const { stores, config, languages, clock, mail, page } = options
  const canSend = config.mail.smtpUrl !== undefined

  const countsOf = async (roundId: string, stratumIds: string[]) => ({
    states: await stores.mail.countRecipients(roundId),
    givenUp: await stores.mail.countGivenUp(roundId),
    reminders: await stores.mail.listReminders(stratumIds),
    underWay: await stores.mail.listUnderWay(roundId),
  })

  app.get('/email', { config: { may } }, async (request, reply) => {
    const round = await stores.round.findWorkingRound()
    const strata = round ? await stores.organisation.listStrata(round.id, request.staff.scope) : []
    const ids = strata.map(({ id }) => id)
    const counts = round && (await countsOf(round.id, ids))
    const lines = strata.map((stratum) => ({ ...stratum, ...figuresOf(counts!, stratum.id) }))
    const [phase, next] = [round && phaseOf(round), nextOf(lines, mail.server.outage !== undefined)]
    return page(request, reply, 'staff/email/list', {
      ...{ canSend, phase, lines, next },
    })
  })

  app.get('/email/:stratumId', { config: { may } }, async (request, reply) => {
    const stratum = await stratumOf(request)
    const figures = figuresOf(await countsOf(stratum.roundId, [stratum.id]), stratum.id)
    const data = {
      stratum,
      figures,
      canSend,
      phase: phaseOf(stratum),
      canRemind: canRemind(figures),
    }
    return page(request, reply, 'staff/email/stratum', data)
  })

  app.get('/email/:stratumId/preview', { config: { may } }, async (request, reply) => {
    const stratum = await stratumOf(request)
    const wanted = languages.find(String((request.query as { language?: string }).language))
    const language = wanted ?? languages.all[0]!
    const example = { code: '0'.repeat(16), optOutToken: 'A'.repeat(43), register: registerOf(stratum.targetGroup) }
    const municipality = { code: stratum.municipalityCode, name: stratum.municipality }
    const mails = wordings.map((wording) => ({
      wording,
      ...writeInvitation(mail, { wording, language, municipality, ...example }),
    }))
    return page(request, reply, 'staff/email/preview', { stratum, mails, written: language, offered: languages.all })
  })

  app.post('/email/:stratumId/retry', { config: { may, does: 'email.retried' } }, async (request, reply) => {
    const stratum = await stratumOf(request)
    const number = await stores.mail.tryStratumAgain(stratum.id, clock())
    request.done = { subject: stratum.unit, municipalityCode: stratum.municipalityCode, number }
    return seeOther(reply, `/staff/email/${stratum.id}?done=email.retried`)
  })

  const stratumOf = ({ params, staff }: FastifyRequest) =>
    stores.organisation.getStratumWithin(staff.scope, (params as { stratumId: string }).stratumId)
}
