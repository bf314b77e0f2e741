import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isPassing } from '../../../database/connection.ts'
import { DomainError } from '../../../errors.ts'
import { countNotStored } from '../../../log/counted-log.ts'
import { errorRate, missing } from '../../../paper/bundle.ts'
import { type Digits, differences, digitFields, isBlank, readDigits } from '../../../paper/digits.ts'
import type { Bundle } from '../../../paper/store.ts'
import { questions } from '../../../questionnaire/questions.ts'
import type { Outcome } from '../../../urn/sealed-ballot.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { type Destination, entering } from './entering.ts'
import { lastForms } from './last-forms.ts'
import { addressOf, type FormTicket, newTicket, openTicket, sealTicket } from './ticket.ts'
import type { Views } from './views.ts'

const may = 'enter paper' as const

interface Shown {
  ticket?: FormTicket
  problems?: Record<string, string>
  typed?: Record<string, unknown>
  status?: number
}

/** Entering paper forms by keyboard, a bundle at a time. Each is sealed at once; nothing of it is kept anywhere else. */
export async function paperEntryRoutes(app: FastifyInstance, options: StaffContext<Views>): Promise<void> {
  const { stores, clock, keys, languages, page, troubles } = options
  const { findDestination, record } = entering(options)
  const last = lastForms(clock)

  app.get('/paper/bundles/:bundleId', { config: { may } }, async (request, reply) => {
    const bundle = await bundleOf(request)
    const { language, codes } = request.query as { language?: string; codes?: string }
    const known = language === undefined ? last.findKind(request.staff.id, bundle.id) : undefined
    const kind = known ?? { language: language ?? '', hasCodes: codes !== undefined }
    if (bundle.isDone || !languages.find(kind.language))
      return page(request, reply, 'staff/paper/bundle', {
        bundle,
        spoken: languages.all,
        rate: rateOf(request, bundle),
        left: missing(bundle),
      })
    return showForm(request, reply, bundle, { ticket: newTicket(bundle, kind) })
  })

  /** The first of two entries: it is checked, and goes into the next page, sealed. */
  app.post('/paper/bundles/:bundleId/first-entry', { config: { may, isSilent: true } }, async (request, reply) => {
    const bundle = await bundleOf(request)
    const form = await readEntry(request, bundle)
    if ('refused' in form) return showForm(request, reply, bundle, form.refused)
    const { ticket, digits } = form
    return showForm(request, reply, bundle, { ticket: { ...ticket, first: digits, code: codeOf(request) } })
  })

  app.post(
    '/paper/bundles/:bundleId/forms',
    { config: { may, does: 'paper.entered', byTheHour: true } },
    async (request, reply) => {
      const bundle = await bundleOf(request)
      const form = await readEntry(request, bundle)
      if ('refused' in form) return showForm(request, reply, bundle, form.refused)
      const { ticket, digits, destination } = form
      const { first, second } = ticket
      if (ticket.isTwice && !first) throw new DomainError('invalid', 'A form of the sample skips its second entry.')
      const differing = first ? differences(first, second ?? digits) : []
      if (differing.length > 0 && !second)
        return showForm(request, reply, bundle, { ticket: { ...ticket, second: digits }, status: 400, problems: {} })

      const place = {
        bundleId: bundle.id,
        position: ticket.position,
        compared: first ? digits.length : 0,
        differing: differing.length,
      }
      const outcome = await record(bundle, ticket, { digits, destination, place }).catch((error) => {
        countNotStored(troubles, error, isPassing(error))
        return 'not-stored' as const
      })
      if (outcome === 'not-stored') return showTyped(request, reply, bundle, ticket)
      const { ballotId } = ticket
      const wasBefore = outcome === 'out-of-turn' && last.find(request.staff.id, bundle.id)?.ballotId === ballotId
      if (outcome !== 'recorded' && !wasBefore) return refuse(request, reply, outcome, ticket)
      if (outcome === 'recorded') last.remember(request.staff.id, { ballotId, isBlank: isBlank(digits), place })
      request.done = {
        subject: bundle.unit,
        municipalityCode: bundle.municipalityCode,
        number: outcome === 'recorded' ? 1 : 0,
      }
      return seeOther(reply, `${addressOf(ticket)}&saved=${ticket.position + 1}`)
    },
  )

  app.post(
    '/paper/bundles/:bundleId/undo',
    { config: { may, does: 'paper.undone', byTheHour: true } },
    async (request, reply) => {
      const bundle = await bundleOf(request)
      const ticket = ticketOf(request, bundle)
      if (!ticket) return showForm(request, reply, bundle, tooOld(bundle))
      const form = last.find(request.staff.id, bundle.id)
      if (!form || form.place.position + 1 !== ticket.position) return refuse(request, reply, 'no-last', ticket)
      const { place } = form
      const outcome = form.isBlank
        ? (await stores.paper.takeBackBlank(place))
          ? 'recorded'
          : 'out-of-turn'
        : await stores.paper.takeBackForm({
            ballotId: Buffer.from(form.ballotId, 'base64url'),
            roundId: bundle.roundId,
            bundle: place,
          })
      if (outcome !== 'recorded') return refuse(request, reply, outcome, ticket)
      last.forget(request.staff.id, bundle.id)
      request.done = { subject: bundle.unit, municipalityCode: bundle.municipalityCode }
      return seeOther(reply, `${addressOf(ticket)}&undone=${place.position + 1}`)
    },
  )

  const bundleOf = ({ params, staff }: FastifyRequest) =>
    stores.paper.getBundleWithin(staff.scope, (params as { bundleId: string }).bundleId)

  const rateOf = ({ staff }: FastifyRequest, bundle: Bundle) =>
    errorRate(bundle, languages.find(staff.language === 'en' ? 'en' : 'sv')!.intl)

  const ticketOf = ({ staff, body }: FastifyRequest, { id }: Bundle) =>
    openTicket(keys.staffKey, { staffId: staff.id, bundleId: id }, (body as { ticket?: unknown })?.ticket)

  function tooOld(bundle: Bundle): Shown {
    const ticket = newTicket(bundle, { language: 'sv', hasCodes: false })
    return { ticket, problems: { q1: 'staff.paper.problem.tooOld' }, status: 400 }
  }

  /** The digits and where the form goes, or the page that says what is to be looked at again. */
  async function readEntry(
    request: FastifyRequest,
    bundle: Bundle,
  ): Promise<{ ticket: FormTicket; digits: Digits; destination: Destination } | { refused: Shown }> {
    const ticket = ticketOf(request, bundle)
    if (!ticket) return { refused: tooOld(bundle) }
    const typed = (request.body ?? {}) as Record<string, unknown>
    const { first, second } = ticket
    const agreed = second?.map((digit, index) => (digit === first![index] ? digit : undefined))
    const read = readDigits(typed, agreed)
    const code = ticket.code ?? codeOf(request)
    const found = ticket.hasCodes && code !== '' ? await findDestination(request.staff.scope, bundle, code) : undefined
    const problems = { ...(typeof found === 'string' ? { code: found } : {}), ...read.problems }
    if (read.problems || typeof found === 'string') return { refused: { ticket, typed, problems, status: 400 } }
    return { ticket, digits: read.digits, destination: found ?? { stratumId: bundle.stratumId, channel: 'paper' } }
  }

  /** Says why nothing was written, over a fresh page of the bundle as it is now. */
  async function refuse(request: FastifyRequest, reply: FastifyReply, why: Outcome | 'no-last', old: FormTicket) {
    const bundle = await bundleOf(request)
    const ticket = newTicket(bundle, old)
    return showForm(request, reply, bundle, { ticket, problems: { q1: `staff.paper.problem.${why}` }, status: 409 })
  }

  /** The same form with all that was typed: sent again it is the same ballot, at the same place of its bundle. */
  function showTyped(request: FastifyRequest, reply: FastifyReply, bundle: Bundle, ticket: FormTicket) {
    const typed = request.body as Record<string, unknown>
    const shown = { ticket, typed, problems: { q1: 'staff.paper.problem.not-now' }, status: 503 }
    return showForm(request, reply.header('retry-after', '30'), bundle, shown)
  }

  async function showForm(request: FastifyRequest, reply: FastifyReply, bundle: Bundle, shown: Shown) {
    const { ticket = newTicket(bundle, { language: 'sv', hasCodes: false }), status, ...rest } = shown
    const { first, second, position, isTwice } = ticket
    const { saved, undone } = request.query as { saved?: string; undone?: string }
    last.rememberKind(request.staff.id, ticket)
    const canUndo = last.find(request.staff.id, bundle.id)?.place.position === position - 1
    const data = {
      bundle,
      questions,
      fields: digitFields,
      ticket,
      sealed: sealTicket(keys.staffKey, request.staff.id, ticket),
      differing: second ? differences(first!, second) : undefined,
      action: isTwice && !first ? ('first-entry' as const) : ('forms' as const),
      formLanguage: languages.find(ticket.language)!,
      count: bundle.entered + bundle.blank,
      left: missing(bundle),
      rate: rateOf(request, bundle),
      canUndo: canUndo && !first,
      saved: Number(saved) === position ? position : undefined,
      undone: Number(undone) === position + 1 ? position + 1 : undefined,
      ...rest,
    }
    return page(request, reply, 'staff/paper/entry', data, status)
  }
}

const codeOf = ({ body }: FastifyRequest): string => String((body as { code?: unknown }).code ?? '').slice(0, 100)
