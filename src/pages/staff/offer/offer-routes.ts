import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { renderSVG } from 'uqr'
import { z } from 'zod'
import { DomainError } from '../../../errors.ts'
import { codeAddress, withoutScheme } from '../../../invitation/code-address.ts'
import { inFours } from '../../../invitation/survey-code.ts'
import type { getStratumWithin } from '../../../organisation/store.ts'
import { languagesOf } from '../../../round/languages.ts'
import { phaseOf } from '../../../round/round.ts'
import { choiceCookie } from '../../../web/choice-cookie.ts'
import { readForm } from '../../../web/form.ts'
import { seeOther } from '../../../web/page.ts'
import { textsOf } from '../../../web/views.ts'
import type { StaffContext } from '../context.ts'
import { onceOnly } from '../once.ts'
import { countText } from '../words.ts'
import type { Views } from './views.ts'

/** What can be tallied here: who said no before a code was drawn, at a tablet, and after they had a code. */
const tallies = {
  handout: { channel: 'handout', disposition: 'declined' },
  tablet: { channel: 'tablet', disposition: 'declined' },
  withCode: { channel: 'handout', disposition: 'declined_with_code' },
} as const

type TallyName = keyof typeof tallies

const once = z.string().regex(/^[\w-]{10,40}$/)
const drawForm = z.object({ once, language: z.string().max(8) })
const declinedForm = z.object({ once, kind: z.enum(['handout', 'tablet', 'withCode']) })
const undoForm = z.object({ kind: z.enum(['handout', 'tablet', 'withCode']) })

/** Offering the survey to somebody who is here: one code, or one who declined. */
export async function offerRoutes(app: FastifyInstance, options: StaffContext<Views>): Promise<void> {
  const { stores, clock, config, keys, languages, page } = options
  const last = choiceCookie(app, { isSecure: config.publicUrl.startsWith('https:') })
  const sent = onceOnly(clock)
  const session = ({ staff }: FastifyRequest) => staff.sessionTag.toString('base64')

  app.get('/offer', { config: { may: 'tally offers' } }, async (request, reply) => {
    const round = await stores.round.findWorkingRound()
    const strata = round ? await stores.organisation.listStrata(round.id, request.staff.scope) : []
    const chosen = strata.find(({ id }) => id === last.read(request).stratumId)
    return page(request, reply, 'staff/offer/list', { strata, chosen })
  })

  app.get('/offer/:stratumId', { config: { may: 'tally offers' } }, async (request, reply) =>
    showStratum(request, reply, await stratumOf(request)),
  )

  app.post(
    '/offer/:stratumId/code',
    { config: { may: 'draw codes', does: 'offer.drawn', byTheHour: true } },
    async (request, reply) => {
      const stratum = await stratumOf(request)
      const form = readForm(drawForm, request.body)
      const spoken = await languagesAt(stratum)
      const language = 'data' in form ? spoken.find(form.data.language) : undefined
      if ('problems' in form || !language) return showStratum(request, reply, stratum, 400)
      if (phaseOf(stratum) !== 'collecting') return showStratum(request, reply, stratum, 409)
      if (!sent.take(session(request), form.data.once)) return sentAlready(request, reply, stratum, 'code')
      const code = await giveBackOnFailure(request, form.data.once, async () => {
        const offer = { stratumId: stratum.id, channel: 'handout', count: 1, drawn: true } as const
        return (await stores.invitation.issueCodes(keys.codePepper, offer)).codes[0]!
      })
      last.write(reply, { stratumId: stratum.id, language: language.code })
      request.done = doneAt(stratum)
      return page(request, reply, 'staff/offer/code', {
        stratum,
        once: newNumber(),
        respondent: { ...language, ...textsOf(languages, language) },
        qr: renderSVG(codeAddress(config.publicUrl, code), { ecc: 'M', border: 4 }),
        code: inFours(code, '\u00a0'),
        webAddress: withoutScheme(config.publicUrl),
      })
    },
  )

  app.post(
    '/offer/:stratumId/declined',
    { config: { may: 'tally offers', does: 'offer.declined', byTheHour: true } },
    async (request, reply) => {
      const stratum = await stratumOf(request)
      const form = readForm(declinedForm, request.body)
      if ('problems' in form) return showStratum(request, reply, stratum, 400)
      if (phaseOf(stratum) !== 'collecting') return showStratum(request, reply, stratum, 409)
      const { once, kind } = form.data
      if (!sent.take(session(request), once)) return sentAlready(request, reply, stratum, 'declined')
      await giveBackOnFailure(request, once, () => tally(stratum.id, kind, 1))
      last.write(reply, { ...last.read(request), stratumId: stratum.id })
      request.done = doneAt(stratum)
      return seeOther(reply, `/staff/offer/${stratum.id}?done=offer.declined&undo=${kind}`)
    },
  )

  app.post(
    '/offer/:stratumId/undo',
    { config: { may: 'tally offers', does: 'offer.undone', byTheHour: true } },
    async (request, reply) => {
      const stratum = await stratumOf(request)
      const form = readForm(undoForm, request.body)
      if ('problems' in form) return showStratum(request, reply, stratum, 400)
      try {
        await tally(stratum.id, form.data.kind, -1)
      } catch (error) {
        if (error instanceof DomainError && error.code === 'invalid') return showStratum(request, reply, stratum, 409)
        throw error
      }
      request.done = doneAt(stratum)
      return seeOther(reply, `/staff/offer/${stratum.id}?done=offer.undone`)
    },
  )

  type Stratum = Awaited<ReturnType<typeof getStratumWithin>>

  async function showStratum(request: FastifyRequest, reply: FastifyReply, stratum: Stratum, status = 200) {
    const { strata } = await stores.fieldwork.readOverview(stratum.roundId, { unitIds: [stratum.unitId] })
    const { offered, declined, responded } = strata.find((line) => line.stratum.id === stratum.id)!
    const { undo } = request.query as { undo?: string }
    const undone = undo !== undefined && Object.hasOwn(tallies, undo) ? undo : undefined
    const spoken = await languagesAt(stratum)
    const language = spoken.find(last.read(request).language ?? '') ?? spoken.all[0]!
    const data = { stratum, phase: phaseOf(stratum), offered, declined, undo: undone }
    return page(
      request,
      reply,
      'staff/offer/stratum',
      {
        ...data,
        languages: spoken.all,
        chosen: language,
        once: newNumber(),
        responded,
        countText,
      },
      status,
    )
  }

  /** The page was read anew, or a button pressed twice: what it did is done once. */
  async function sentAlready(
    request: FastifyRequest,
    reply: FastifyReply,
    stratum: Stratum,
    what: 'code' | 'declined',
  ) {
    return page(request, reply, 'staff/offer/already', { stratum, what }, 409)
  }

  async function giveBackOnFailure<T>(request: FastifyRequest, number: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      sent.giveBack(session(request), number)
      throw error
    }
  }

  const languagesAt = async ({ roundId }: { roundId: string }) =>
    languagesOf(languages, await stores.round.getRound(roundId))

  const tally = (stratumId: string, kind: TallyName, number: number) =>
    stores.invitation.addToTally({ stratumId, ...tallies[kind], number })

  const stratumOf = ({ params, staff }: FastifyRequest) =>
    stores.organisation.getStratumWithin(staff.scope, (params as { stratumId: string }).stratumId)
}

const newNumber = () => randomBytes(12).toString('base64url')

/** The audit trail names the unit only: with the hour, the group would say more than it need. */
const doneAt = ({ unit, municipalityCode }: { unit: string; municipalityCode: string }) => ({
  subject: unit,
  municipalityCode,
})
