import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { renderSVG } from 'uqr'
import * as z from 'zod'
import { DomainError } from '../../../errors.ts'
import { codeAddress, withoutScheme } from '../../../invitation/code-address.ts'
import { inFours } from '../../../invitation/survey-code.ts'
import type { getStratumWithin } from '../../../organisation/store.ts'
import { languagesOf } from '../../../round/languages.ts'
import { phaseOf, type Round } from '../../../round/round.ts'
import { choiceCookie } from '../../../web/choice-cookie.ts'
import { readForm } from '../../../web/form.ts'
import { seeOther } from '../../../web/page.ts'
import { textsOf } from '../../../web/views.ts'
import type { StaffContext } from '../context.ts'
import { newNumber, onceOnly, sessionKey } from '../once.ts'
import { offerPage } from './offer-page.ts'
import { type TallyName, tallies } from './tallies.ts'
import type { Views } from './views.ts'

const once = z.string().regex(/^[\w-]{10,60}$/)
const drawForm = z.object({ once, language: z.string().max(8) })
const declined = z.enum(['handout', 'tablet', 'withCode'])
const onPaper = z.literal('paper')

/** Offering the survey to somebody who is here: one code, or one who declined, or one who took a form of paper. */
export async function offerRoutes(app: FastifyInstance, options: StaffContext<Views>): Promise<void> {
  const { stores, clock, config, keys, languages, page, undoing } = options
  const last = choiceCookie(app, { isSecure: config.publicUrl.startsWith('https:') })
  const sent = onceOnly(clock)

  const show = async (request: FastifyRequest, reply: FastifyReply, status = 200) =>
    page(request, reply, 'staff/offer/offer', await offerPage(request, options, last.read(request)), status)

  app.get('/offer', { config: { may: 'tally offers' } }, show)

  app.get('/offer/:stratumId', { config: { may: 'tally offers' } }, async (request, reply) => {
    await stratumOf(request)
    return show(request, reply)
  })

  app.post(
    '/offer/:stratumId/code',
    { config: { may: 'draw codes', does: 'offer.drawn', byTheHour: true } },
    async (request, reply) => {
      const stratum = await stratumOf(request)
      const form = readForm(drawForm, request.body)
      const spoken = languagesOf(languages, await stores.round.getRound(stratum.roundId))
      const language = 'data' in form ? spoken.find(form.data.language) : undefined
      if ('problems' in form || !language) return show(request, reply, 400)
      if (phaseOf(stratum) !== 'collecting') return show(request, reply, 409)
      if (!sent.take(sessionKey(request), form.data.once)) return sentAlready(request, reply, stratum, 'code')
      const code = await giveBackOnFailure(request, form.data.once, async () => {
        const offer = { stratumId: stratum.id, channel: 'handout', count: 1, drawn: true } as const
        return (await stores.invitation.issueCodes(keys.codePepper, offer)).codes[0]!
      })
      last.write(reply, { ...last.read(request), stratumId: stratum.id })
      request.done = doneAt(stratum)
      return page(request, reply, 'staff/offer/code', {
        stratum,
        once: newNumber(),
        respondent: language,
        spoken: spoken.all.map((one) => ({ ...one, ...textsOf(languages, one) })),
        qr: renderSVG(codeAddress(config.publicUrl, code), { ecc: 'M', border: 4 }),
        code: inFours(code),
        webAddress: withoutScheme(config.publicUrl),
      })
    },
  )

  app.post(
    '/offer/:stratumId/declined',
    { config: { may: 'tally offers', does: 'offer.declined', byTheHour: true } },
    (request, reply) => count(request, reply, declined),
  )

  app.post(
    '/offer/:stratumId/paper',
    { config: { may: 'tally offers', does: 'paper.handedOut', byTheHour: true } },
    (request, reply) => count(request, reply, onPaper),
  )

  const undone = {
    handout: 'offer.undone',
    tablet: 'offer.undone',
    withCode: 'offer.undone',
    paper: 'paper.handedOutUndone',
  } as const
  const takes = { may: 'tally offers', does: undone.handout, alsoDoes: [undone.paper], byTheHour: true } as const

  app.post('/offer/undo', { config: takes }, async (request, reply) => {
    const counted = undoing.take(request, 'offer')
    if (!counted) {
      request.done = []
      return seeOther(reply, '/staff/offer?notice=web.nothingToUndo')
    }
    const { kind, stratumId } = counted
    const stratum = await stores.organisation.getStratumWithin(request.staff.scope, stratumId)
    return unlessRefused(request, reply, 'invalid', async () => {
      await tally({ stratumId, kind, number: -1 })
      request.done = { ...doneAt(stratum), action: undone[kind] }
      return seeOther(reply, `/staff/offer?done=offer.${kind === 'paper' ? 'paperUndone' : 'undone'}`)
    })
  })

  type Stratum = Awaited<ReturnType<typeof getStratumWithin>>

  /** Counts one person: once, however often the form is sent. */
  async function count(request: FastifyRequest, reply: FastifyReply, kinds: typeof declined | typeof onPaper) {
    const stratum = await stratumOf(request)
    const form = readForm(z.object({ once, kind: kinds }), request.body)
    if ('problems' in form) return show(request, reply, 400)
    const { once: number, kind } = form.data
    if (!sent.take(sessionKey(request), number)) return sentAlready(request, reply, stratum, 'declined')
    return unlessRefused(request, reply, 'conflict', async () => {
      await giveBackOnFailure(request, number, () => tally({ stratumId: stratum.id, kind, number: 1 }, isCollecting))
      last.write(reply, { ...last.read(request), stratumId: stratum.id })
      request.done = doneAt(stratum)
      const told = kind === 'paper' ? 'offer.paper' : 'offer.declined'
      undoing.keep(request, 'offer', { stratumId: stratum.id, kind }, told)
      return seeOther(reply, `/staff/offer?done=${told}`)
    })
  }

  /** Does it, or shows the page as it is by now. */
  async function unlessRefused(
    request: FastifyRequest,
    reply: FastifyReply,
    code: DomainError['code'],
    work: () => Promise<FastifyReply>,
  ) {
    try {
      return await work()
    } catch (error) {
      if (error instanceof DomainError && error.code === code) return show(request, reply, 409)
      throw error
    }
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
      sent.giveBack(sessionKey(request), number)
      throw error
    }
  }

  const tally = (
    { kind, ...counted }: { stratumId: string; kind: TallyName; number: number },
    mayCount?: typeof isCollecting,
  ) => stores.invitation.addToTally({ ...counted, ...tallies[kind] }, mayCount)

  const stratumOf = ({ params, staff }: FastifyRequest) =>
    stores.organisation.getStratumWithin(staff.scope, (params as { stratumId: string }).stratumId)
}

/** Who declines or takes a form of paper is here now. */
const isCollecting = (round: Pick<Round, 'state' | 'isPaused'>) => phaseOf(round) === 'collecting'

/** The audit trail names the unit only: with the hour, the group would say more than it need. */
const doneAt = ({ unit, municipalityCode }: { unit: string; municipalityCode: string }) => ({
  subject: unit,
  municipalityCode,
})
