import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { statusOf } from '../../../errors.ts'
import { readAddresses, unprintable } from '../../../print/print-addresses.ts'
import { type PrintJobs, sessionOf } from '../../../print/print-jobs.ts'
import { linesOf, mostTogether, printKinds } from '../../../print/print-order.ts'
import { mostAtOnce } from '../../../print/sheet.ts'
import { sidesOf } from '../../../print/sides.ts'
import { languagesOf } from '../../../round/languages.ts'
import { phaseOf } from '../../../round/round.ts'
import { choiceCookie } from '../../../web/choice-cookie.ts'
import { readForm, wholeNumber } from '../../../web/form.ts'
import { goneFrom } from '../../../web/gone.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { newNumber, type OnceOnly } from '../once.ts'
import { printsPage } from '../print-list.ts'
import { contactProblem, ordering, sharedFields } from './ordering.ts'
import type { Views } from './views.ts'

const may = 'print invitations' as const
const choose = 'staff.web.problem.choose'
const orderForm = z.object({
  ...sharedFields,
  stratum: z.string(choose).min(1, choose).max(40),
  kind: z.enum(printKinds, choose),
  language: z.string(choose).max(8),
  number: z.preprocess((typed) => (typed === '' ? undefined : typed), wholeNumber(1, mostTogether).optional()),
  addresses: z.object({ name: z.string(), bytes: z.instanceof(Buffer) }).optional(),
})

/** Letters to the addresses of a file, and tables for a system of letters of their own: one target group at a time, into a file that is fetched once. */
export async function printRoutes(
  app: FastifyInstance,
  options: StaffContext<Views> & { jobs: PrintJobs; sent: OnceOnly },
): Promise<void> {
  const { stores, config, languages, page, sent } = options
  const last = choiceCookie(app, { isSecure: config.publicUrl.startsWith('https:') })
  const { start } = ordering(options)

  const showPrints = printsPage(options)

  app.get('/print', { config: { may } }, async (request, reply) => showPrints(request, reply))

  app.get('/print/one', { config: { may } }, async (request, reply) => showForm(request, reply))

  app.post('/print', { config: { may, does: 'print.issued' } }, async (request, reply) => {
    const form = readForm(orderForm, request.body)
    if ('problems' in form) return showForm(request, reply, form.problems)
    const { kind, once } = form.data
    const stratum = await stores.organisation.getStratumWithin(request.staff.scope, form.data.stratum)
    const round = await stores.round.getRound(stratum.roundId)
    const language = languagesOf(languages, round).find(form.data.language)
    if (!language) return showForm(request, reply, { language: choose })
    if (phaseOf(stratum) === 'closed') return showForm(request, reply, {}, {}, 409)
    const addresses = await readAddresses(form.data, { owner: request.staff.id, signal: goneFrom(reply) })
    if ('problem' in addresses) {
      const { problem, values, code = 'invalid' } = addresses
      return showForm(request, reply, { addresses: problem }, values, statusOf[code])
    }
    const number = addresses.lines.length || form.data.number
    const isTable = kind === 'xlsx' || kind === 'csv'
    const most = isTable ? mostTogether : mostAtOnce
    if (number === undefined) return showForm(request, reply, { number: 'staff.web.problem.number' })
    if (number > most) return showForm(request, reply, { number: 'staff.print.most' }, { most })
    const contact = linesOf(form.data.contact)
    const wrong = contactProblem(contact)
    if (wrong) return showForm(request, reply, { contact: wrong.key }, wrong.values)
    const refused = unprintable(stratum, kind, contact, addresses.lines)
    if (refused) return showForm(request, reply, { [refused.field]: 'staff.print.unprintable' }, refused.values)
    if (!sent.take(sessionOf(request.staff), once)) return page(request, reply, 'staff/print/already', {}, 409)

    const said = { contact, emptyBacks: form.data.emptyBacks !== undefined }
    const order = { parts: [{ stratum, number, addresses: addresses.lines }], kind, language, ...said }
    const started = start(request, order, once)
    if ('refused' in started) return showForm(request, reply, { kind: started.refused }, {}, 429)
    const { job } = started
    job.notes = addresses.notes
    job.sides = isTable ? undefined : sidesOf(said.emptyBacks)
    last.write(reply, { stratumId: stratum.id, language: language.code })
    return seeOther(reply, `/staff/print/jobs/${job.id}`)
  })

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    problems: Record<string, string> = {},
    values: Record<string, string | number> = {},
    status = Object.keys(problems).length > 0 ? 400 : 200,
  ) {
    const { scope } = request.staff
    const chosen = last.read(request)
    const round = await stores.round.findWorkingRound()
    const strata = round ? await stores.organisation.listStrata(round.id, scope) : []
    return page(
      request,
      reply,
      'staff/print/one',
      {
        languages: (round ? languagesOf(languages, round) : languages).all,
        ...{ strata, problems, values, mostPrinted: mostAtOnce },
        typed: status === 200 ? { stratum: chosen.stratumId, language: chosen.language } : (request.body ?? {}),
        isClosed: round !== undefined && phaseOf(round) === 'closed',
        once: newNumber(),
      },
      status,
    )
  }
}
