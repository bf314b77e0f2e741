import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Stratum } from '../../../organisation/store.ts'
import { unprintable } from '../../../print/print-addresses.ts'
import { type PrintJobs, sessionOf } from '../../../print/print-jobs.ts'
import { linesOf } from '../../../print/print-order.ts'
import { mostAtOnce } from '../../../print/sheet.ts'
import { sidesOf } from '../../../print/sides.ts'
import { languagesOf } from '../../../round/languages.ts'
import { phaseOf } from '../../../round/round.ts'
import { readForm, wholeNumber } from '../../../web/form.ts'
import { seeOther } from '../../../web/page.ts'
import type { Values } from '../../../web/views.ts'
import type { StaffContext } from '../context.ts'
import { newNumber, type OnceOnly } from '../once.ts'
import { contactProblem, ordering, sharedFields } from './ordering.ts'
import { numberAt, type Views } from './views.ts'

const may = 'print invitations' as const
/** A number for each target group of a large city, in a form. */
const formBytes = 64 * 1024
const kinds = ['slips', 'letters'] as const
const orderForm = z.object({
  ...sharedFields,
  kind: z.enum(kinds),
  language: z.string('staff.web.problem.choose').max(8),
})

/** Slips or letters for all target groups at once: each is a batch of its own, and all of them are one file. */
export async function printOrderRoutes(
  app: FastifyInstance,
  options: StaffContext<Views> & { jobs: PrintJobs; sent: OnceOnly },
): Promise<void> {
  const { stores, languages, page, sent } = options
  const { start } = ordering(options)

  app.get('/print/new', { config: { may } }, async (request, reply) => showForm(request, reply))

  app.post('/print/orders', { bodyLimit: formBytes, config: { may, does: 'print.issued' } }, async (request, reply) => {
    const form = readForm(orderForm, request.body)
    if ('problems' in form) return showForm(request, reply, form.problems)
    const { kind, once } = form.data
    const { round, strata } = await lookAt(request)
    if (!round || phaseOf(round) === 'closed') return showForm(request, reply, {}, {}, 409)
    const language = languagesOf(languages, round).find(form.data.language)
    if (!language) return showForm(request, reply, { language: 'staff.web.problem.choose' })
    const contact = kind === 'letters' ? linesOf(form.data.contact) : []
    const wrong = contactProblem(contact)
    if (wrong) return showForm(request, reply, { contact: wrong.key }, { contact: wrong.values })

    const { numbers, problems } = readNumbers(request.body, strata)
    if (Object.keys(problems).length > 0) return showForm(request, reply, problems)
    const asked = numbers[0]?.at ?? (strata[0] ? numberAt(strata[0]) : 'number')
    const total = numbers.reduce((sum, { number }) => sum + number, 0)
    if (total === 0) return showForm(request, reply, { [asked]: 'staff.print.noNumber' })
    if (total > mostAtOnce)
      return showForm(request, reply, { [asked]: 'staff.print.most' }, { [asked]: { most: mostAtOnce } })
    const parts = []
    for (const { at, id, number } of numbers) {
      const stratum = await stores.organisation.getStratumWithin(request.staff.scope, id)
      const refused = unprintable(stratum, 'letters', contact, [])
      const field = refused?.field === 'contact' ? 'contact' : at
      if (refused) return showForm(request, reply, { [field]: 'staff.print.unprintable' }, { [field]: refused.values })
      parts.push({ stratum, number, addresses: [] })
    }
    if (!sent.take(sessionOf(request.staff), once)) return page(request, reply, 'staff/print/already', {}, 409)

    const emptyBacks = form.data.emptyBacks !== undefined
    const started = start(request, { parts, kind, language, emptyBacks, contact }, once)
    if ('refused' in started) return showForm(request, reply, { [asked]: started.refused }, {}, 429)
    started.job.sides = sidesOf(emptyBacks)
    return seeOther(reply, `/staff/print/jobs/${started.job.id}`)
  })

  async function lookAt({ staff }: FastifyRequest) {
    const round = await stores.round.findWorkingRound()
    return { round, strata: round ? await stores.organisation.listStrata(round.id, staff.scope) : [] }
  }

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    problems: Record<string, string> = {},
    valuesOf: Record<string, Values> = {},
    status = Object.keys(problems).length > 0 ? 400 : 200,
  ) {
    const { round, strata } = await lookAt(request)
    const asked = (request.body ?? request.query ?? {}) as { kind?: unknown }
    const shown = {
      ...{ strata, problems, valuesOf, numberAt, mostPrinted: mostAtOnce },
      kind: kinds.find((kind) => kind === asked.kind) ?? kinds[0],
      languages: (round ? languagesOf(languages, round) : languages).all,
      typed: request.body ?? {},
      isClosed: round !== undefined && phaseOf(round) === 'closed',
      once: newNumber(),
    }
    return page(request, reply, 'staff/print/new', shown, status)
  }
}

/** The numbers that were typed; an empty field is none, and so is 0. */
function readNumbers(body: unknown, strata: Stratum[]) {
  const typed = body as Record<string, unknown>
  const problems: Record<string, string> = {}
  const numbers = strata.flatMap((stratum) => {
    const at = numberAt(stratum)
    const text = typed[at] ?? ''
    if (typeof text === 'string' && text.trim() === '') return []
    const { data, success } = wholeNumber(0, mostAtOnce).safeParse(text)
    if (!success) problems[at] = 'staff.web.problem.number'
    return data ? [{ at, id: stratum.id, number: data }] : []
  })
  return { numbers, problems }
}
