import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../../errors.ts'
import { targetGroups } from '../../../questionnaire/target-groups.ts'
import type { Round } from '../../../round/round.ts'
import { pastDays, planForm } from '../../../round/round-form.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import { readForm } from '../../../web/form.ts'
import { bringUpToDate, seenText } from '../../../web/meanwhile.ts'
import { seeOther } from '../../../web/page.ts'
import { backTo } from '../back-to.ts'
import type { StaffContext } from '../context.ts'
import { backToRound } from './back-to-round.ts'
import type { Views } from './views.ts'

const may = 'manage rounds' as const
const told = 'rounds.planChanged'

/** The days and target groups of a round that does not collect yet: a change is done at once, and can be taken back. */
export async function planRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, page, clock, undoing } = context
  const roundId = ({ params }: FastifyRequest) => (params as { roundId: string }).roundId
  const roundOf = (request: FastifyRequest) => stores.round.getRound(roundId(request))
  const today = () => swedishDay(clock())

  app.get('/rounds/:roundId/plan', { config: { may } }, async (request, reply) =>
    showPlan(request, reply, await roundOf(request)),
  )

  app.post('/rounds/:roundId/plan', { config: { may, does: told } }, changePlan)

  app.post('/rounds/plan/undo', { config: { may, does: 'rounds.planUndone' } }, async (request, reply) => {
    const changed = undoing.take(request, 'rounds/plan')
    const isDone = changed !== undefined && (await stores.round.takeBackPlan(changed))
    request.done = { subject: changed?.roundId, isDone }
    const next = isDone ? 'done=rounds.planUndone' : 'notice=web.nothingToUndo'
    return seeOther(reply, `${backTo(request, '/staff/rounds')}?${next}`)
  })

  async function changePlan(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const stood = await stores.round.planAsText(roundId(request)) // before the rest: what changes in between is noticed
    const round = await roundOf(request)
    const { typed, problems, valuesOf } = bringUpToDate(request.body, planOf(round))
    const form = readForm(planForm, typed)
    const found = 'problems' in form ? form.problems : pastDays(form.data, { today: today(), standing: round })
    const wrong = { ...problems, ...found }
    if ('problems' in form || Object.keys(wrong).length > 0)
      return showPlan(request, reply, round, { problems: wrong, typed, valuesOf }, 400)

    let isDone: boolean | 'meanwhile'
    try {
      const { registrationOpensOn = null, registrationClosesOn = null, ...plan } = form.data
      const now = { ...plan, registrationOpensOn, registrationClosesOn }
      isDone = await stores.round.changePlan(round.id, now, stood)
      if (isDone === true) undoing.keep(request, 'rounds/plan', { roundId: round.id, before: daysOf(round), now }, told)
    } catch (error) {
      if (!(error instanceof DomainError) || error.messageKey !== 'groupInUse') throw error
      const problems = { targetGroups: 'staff.rounds.problem.groupInUse' }
      return showPlan(request, reply, round, { problems, typed }, 400)
    }
    if (isDone === 'meanwhile') return changePlan(request, reply) // somebody else was first: judged by what they have written
    return backToRound(request, reply, round, 'planChanged', isDone)
  }

  async function showPlan(request: FastifyRequest, reply: FastifyReply, round: Round, form = {}, status = 200) {
    if (round.state !== 'draft' && round.state !== 'enrolling') return seeOther(reply, `/staff/rounds/${round.id}`)
    return page(
      request,
      reply,
      'staff/rounds/plan',
      { round, targetGroups, seen: seenText(planOf(round)), ...form },
      status,
    )
  }
}

/** How the form of a plan begins. */
const planOf = ({ registrationOpensOn = '', registrationClosesOn = '', opensOn, closesOn, targetGroups }: Round) => ({
  ...{ registrationOpensOn, registrationClosesOn, opensOn, closesOn, targetGroups },
})

/** The same as it is written down: a day that is not set is none. */
const daysOf = ({ registrationOpensOn, registrationClosesOn, opensOn, closesOn, targetGroups }: Round) => ({
  registrationOpensOn: registrationOpensOn ?? null,
  registrationClosesOn: registrationClosesOn ?? null,
  ...{ opensOn, closesOn, targetGroups },
})
