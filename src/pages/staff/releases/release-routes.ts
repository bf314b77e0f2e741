import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { protocolSeed } from '../../../actions/release-protocol.ts'
import { DomainError } from '../../../errors.ts'
import { comingStep, phaseOf, publishingHour, type ReleaseStep, waitingStep } from '../../../results/phase.ts'
import { keyMark } from '../../../results/protocol.ts'
import type { Release } from '../../../results/release-store.ts'
import { shareTable, toldResponses } from '../../../results/share-table.ts'
import type { Round } from '../../../round/round.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import { swedishInstant } from '../../../time/swedish-instant.ts'
import { isoDay, line, readForm } from '../../../web/form.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { countText } from '../words.ts'
import { destructionRoutes } from './destruction-routes.ts'
import { findRelease } from './found-release.ts'
import { recordRoutes } from './record-routes.ts'
import type { NamedStep, Views } from './views.ts'

const may = 'manage rounds' as const

const proposal = z.object({ when: z.enum(['now', 'day'], 'staff.web.problem.choose'), day: z.string().default('') })

/** The releases of a round: looked at, proposed, approved, withdrawn. */
export async function releaseRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, page, clock, keys } = context
  const { results } = stores
  await recordRoutes(app, context)
  await destructionRoutes(app, context)

  app.get('/rounds/:roundId/results', { config: { may } }, async (request, reply) => show(request, reply))

  app.post(
    '/rounds/:roundId/results/proposal',
    { config: { may, does: 'releases.proposed' } },
    async (request, reply) => {
      const found = await find(request)
      const form = readForm(proposal, request.body)
      if ('problems' in form) return show(request, reply, form, 400)
      const { when, day } = form.data
      const chosen = when === 'day' ? isoDay.safeParse(day) : undefined
      const problem =
        chosen &&
        (chosen.error
          ? 'staff.web.problem.day'
          : chosen.data <= swedishDay(clock())
            ? 'staff.releases.problem.past'
            : undefined)
      if (problem) return show(request, reply, { problems: { day: problem }, typed: request.body }, 400)

      const kind = nextOf(found.release)
      if (!kind) throw new DomainError('conflict', 'Nothing is next.')
      const saying = sayingOf(request, found.release)
      const takesEffect = chosen?.data ? swedishInstant(chosen.data, publishingHour) : saying.now
      const step = await results.proposeStep(saying, { kind, takesEffect })
      return done(request, reply, found, step.isAlone ? 'alone' : 'proposed')
    },
  )

  app.post(
    '/rounds/:roundId/results/approval',
    { config: { may, does: 'releases.approved' } },
    async (request, reply) => {
      const found = await find(request)
      await results.approveStep(sayingOf(request, found.release))
      return done(request, reply, found, 'approved')
    },
  )

  app.post(
    '/rounds/:roundId/results/taking-back',
    { config: { may, does: 'releases.takenBack' } },
    async (request, reply) => {
      const found = await find(request)
      await results.takeBackStep(sayingOf(request, found.release))
      return done(request, reply, found, 'takenBack')
    },
  )

  app.get('/rounds/:roundId/results/withdrawal', { config: { may } }, async (request, reply) =>
    showWithdrawal(request, reply),
  )

  app.post(
    '/rounds/:roundId/results/withdrawal',
    { config: { may, does: 'releases.withdrawn' } },
    async (request, reply) => {
      const found = await find(request)
      const form = readForm(z.object({ reason: line(300) }), request.body)
      if ('problems' in form) return showWithdrawal(request, reply, form, 400)
      await results.withdraw(sayingOf(request, found.release), form.data.reason)
      return done(request, reply, found, 'withdrawn')
    },
  )

  const find = (request: FastifyRequest) => findRelease(stores, request)

  const sayingOf = ({ staff }: FastifyRequest, { roundId, number }: Release) => ({
    roundId,
    number,
    by: staff.id,
    now: clock(),
  })

  const addressOf = ({ round, release }: { round: Round; release: Release }) =>
    `/staff/rounds/${round.id}/results?release=${release.number}`

  function done(request: FastifyRequest, reply: FastifyReply, found: { round: Round; release: Release }, deed: string) {
    request.done = { subject: `${found.round.id}, ${found.release.number}` }
    return seeOther(reply, `${addressOf(found)}&done=releases.${deed}`)
  }

  function nextOf({ steps }: Release): 'release' | 'publish' | undefined {
    const phase = phaseOf(steps, clock())
    if (waitingStep(steps) || comingStep(steps, clock())) return undefined
    return phase === 'opened' || phase === 'withdrawn' ? 'release' : phase === 'released' ? 'publish' : undefined
  }

  async function named(step: ReleaseStep): Promise<NamedStep>
  async function named(step: ReleaseStep | undefined): Promise<NamedStep | undefined>
  async function named(step: ReleaseStep | undefined): Promise<NamedStep | undefined> {
    if (!step) return undefined
    const nameOf = async (id: string) => (await stores.people.findNameOf(id)) ?? id
    return {
      ...step,
      proposer: await nameOf(step.proposedBy),
      approver: step.approvedBy === undefined ? undefined : await nameOf(step.approvedBy),
    }
  }

  async function show(request: FastifyRequest, reply: FastifyReply, form = {}, status = 200) {
    const { round, release, numbers } = await find(request)
    const { number, steps, facts } = release
    const nation = await results.listIndicators({ roundId: round.id, number }, { levels: ['nation'] })
    const countOf = (wanted: string) => facts.strata.filter(({ ballots }) => ballots === wanted).length
    const waiting = waitingStep(steps)
    const opening = await results.findOpening(round.id)
    const end = await context.answersEnd.find(round, clock())
    const data = {
      round,
      numbers,
      release: {
        ...release,
        steps: await Promise.all(steps.map((step) => named(step))),
        phase: phaseOf(steps, clock()),
      },
      proposal: await named(waiting),
      isOwn: waiting?.proposedBy === request.staff.id,
      coming: await named(comingStep(steps, clock())),
      next: nextOf(release),
      shares: shareTable(nation),
      responses: toldResponses(nation),
      classes: { none: countOf('none'), few: countOf('fewer than ten'), told: countOf('ten or more') },
      keyMark: keyMark(protocolSeed(keys)),
      canBeCounted: opening !== undefined && opening.destroyedOn === null,
      destroyed: opening?.destroyedOn
        ? { day: opening.destroyedOn, decision: opening.archiveDecision ?? '' }
        : undefined,
      end: end?.destroyedOn ? undefined : end,
      countText,
      ...form,
    }
    return page(request, reply, 'staff/releases/home', data, status)
  }

  async function showWithdrawal(request: FastifyRequest, reply: FastifyReply, form = {}, status = 200) {
    const { round, release } = await find(request)
    const phase = phaseOf(release.steps, clock())
    return page(request, reply, 'staff/releases/withdrawal', { round, release, phase, ...form }, status)
  }
}
