import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../../errors.ts'
import { targetGroups } from '../../../questionnaire/target-groups.ts'
import { nextStep } from '../../../round/next-step.ts'
import { lastDayOf, type Round } from '../../../round/round.ts'
import { lastDayForm } from '../../../round/round-form.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import { readForm } from '../../../web/form.ts'
import { seeOther } from '../../../web/page.ts'
import { backTo } from '../back-to.ts'
import type { ConfirmView } from '../confirming.ts'
import type { StaffContext } from '../context.ts'
import { textsOf } from '../staff-page.ts'
import { countText } from '../words.ts'
import { backToRound } from './back-to-round.ts'
import { openingEnrolment } from './opening-enrolment.ts'
import { planRoutes } from './plan-routes.ts'
import type { Views } from './views.ts'

const may = 'manage rounds' as const

/** Rounds: listed, shown with their next step, opened for registration, paused, extended. */
export async function roundRoutes(app: FastifyInstance, context: StaffContext<Views & ConfirmView>): Promise<void> {
  const { stores, page, clock, nation, languages, undoing } = context
  const roundId = ({ params }: FastifyRequest) => (params as { roundId: string }).roundId
  const roundOf = (request: FastifyRequest) => stores.round.getRound(roundId(request))
  const today = () => swedishDay(clock())
  await app.register(planRoutes, context)
  const stepOf = async (round: Round) => {
    const opening = await stores.results.findOpening(round.id)
    const isCounted = opening !== undefined && (await stores.results.listReleases(round.id)).length > 0
    if (opening?.destroyedOn && !isCounted) return 'done'
    return nextStep(round, { today: today(), isOpened: opening !== undefined })
  }

  app.get('/rounds', { config: { may } }, async (request, reply) => {
    const rounds = await stores.round.listRounds()
    const steps = new Map<string, string>()
    for (const round of rounds) steps.set(round.id, await stepOf(round))
    const shown = rounds.map((round) => ({ ...round, lastDay: lastDayOf(round, today()) }))
    return page(request, reply, 'staff/rounds/list', { rounds: shown, steps })
  })

  app.get('/rounds/:roundId', { config: { may } }, async (request, reply) =>
    showRound(request, reply, await roundOf(request)),
  )

  app.get('/rounds/:roundId/enrolment', { config: { may } }, async (request, reply) => {
    const round = await roundOf(request)
    const href = `/staff/rounds/${round.id}`
    if (round.state !== 'draft') return seeOther(reply, href)
    return page(request, reply, 'staff/confirm', openingEnrolment(round, textsOf(request, languages), today()))
  })

  app.post(
    '/rounds/:roundId/enrolment',
    { config: { may, does: 'rounds.enrolmentOpened' } },
    async (request, reply) => {
      const round = await roundOf(request)
      try {
        const registration = await stores.round.openRegistration(round.id, today())
        return backToRound(request, reply, round, registration === 'open' ? 'enrolmentOpened' : 'enrolmentOpensLater')
      } catch (error) {
        if (!(error instanceof DomainError) || error.messageKey !== 'registrationPast') throw error
        const problems = { registration: 'staff.rounds.problem.registrationPast' }
        return showRound(request, reply, round, { problems }, 409)
      }
    },
  )

  app.get('/rounds/:roundId/pause', { config: { may } }, async (request, reply) => {
    const round = await roundOf(request)
    const href = `/staff/rounds/${round.id}`
    if (round.state !== 'collecting' || round.isPaused) return seeOther(reply, href)
    const { overview } = await nation(round.id)
    const t = textsOf(request, languages)
    return page(request, reply, 'staff/confirm', {
      heading: t('staff.rounds.pausing.heading', { id: round.id }),
      trail: { href, text: t('staff.rounds.name', { id: round.id }) },
      consequences: [
        t('staff.rounds.pausing.places', { count: overview.municipalities.length }),
        ...['nobody', 'begun', 'after'].map((what) => t(`staff.rounds.pausing.${what}`)),
      ],
      ...{ action: `${href}/pause`, button: t('staff.rounds.pause'), isLight: true },
    })
  })

  app.post('/rounds/:roundId/pause', { config: { may, does: 'rounds.paused' } }, async (request, reply) => {
    const round = await roundOf(request)
    const isDone = await stores.round.setPaused(round.id, true)
    return backToRound(request, reply, round, 'paused', isDone)
  })

  app.post('/rounds/:roundId/pause-ending', { config: { may, does: 'rounds.resumed' } }, async (request, reply) => {
    const round = await roundOf(request)
    const isDone = await stores.round.setPaused(round.id, false)
    return backToRound(request, reply, round, 'resumed', isDone)
  })

  app.post('/rounds/:roundId/extension', { config: { may, does: 'rounds.extended' } }, async (request, reply) => {
    const round = await roundOf(request)
    const form = readForm(lastDayForm, request.body)
    if ('problems' in form) return showRound(request, reply, round, form, 400)
    if (form.data.closesOn < round.opensOn || form.data.closesOn < today()) {
      const problems = { closesOn: 'staff.rounds.problem.past' }
      return showRound(request, reply, round, { problems, typed: request.body }, 400)
    }
    const moved = await stores.round.moveLastDay(round.id, form.data.closesOn)
    if (moved) undoing.keep(request, 'rounds/last-day', moved, 'rounds.extended')
    return backToRound(request, reply, round, 'extended', moved !== undefined)
  })

  app.post('/rounds/last-day/undo', { config: { may, does: 'rounds.extensionUndone' } }, async (request, reply) => {
    const moved = undoing.take(request, 'rounds/last-day')
    const isDone = moved !== undefined && (await stores.round.takeBackLastDay(moved))
    request.done = { subject: moved?.roundId, isDone }
    const told = isDone ? 'done=rounds.extensionUndone' : 'notice=web.nothingToUndo'
    return seeOther(reply, `${backTo(request, '/staff/rounds')}?${told}`)
  })

  async function showRound(request: FastifyRequest, reply: FastifyReply, round: Round, form = {}, status = 200) {
    const { id } = round
    const figures = {
      ...(await stores.enrolment.countEnrolled(id)),
      strata: (await stores.organisation.listStrata(id)).length,
      codes: (await stores.invitation.countInvitations([id])).get(id) ?? 0,
      responded: (await nation(id)).overview.total.responded,
    }
    const isWaiting = (round.lateUntil ?? '') > clock().toISOString()
    const groups = targetGroups.filter((group) => round.targetGroups.includes(group))
    const lastDay = lastDayOf(round, today())
    const data = {
      round,
      lastDay,
      targetGroups: groups,
      figures,
      countText,
      step: await stepOf(round),
      isWaiting,
      ...form,
    }
    return page(request, reply, 'staff/rounds/round', data, status)
  }
}
