import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { DomainError } from '../../../errors.ts'
import { toldResponses } from '../../../results/share-table.ts'
import { findKeptKey } from '../../../round/kept-key.ts'
import { foldToAscii } from '../../../text/typed-text.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import { isoDay, line, readForm } from '../../../web/form.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { findRelease } from './found-release.ts'
import type { Views } from './views.ts'

const may = 'manage rounds' as const

const decisionForm = z.object({ number: line(100), day: isoDay })

/** The end of a round's answers: what the archive has decided is entered, and whoever has it done before its day types the year. */
export async function destructionRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, page, clock, config, answersEnd } = context
  const { results } = stores
  const address = (roundId: string) => `/staff/rounds/${roundId}/results`

  app.get('/rounds/:roundId/results/destruction', { config: { may } }, async (request, reply) => show(request, reply))

  app.post(
    '/rounds/:roundId/results/destruction/decision',
    { config: { may, does: 'releases.decided' } },
    async (request, reply) => {
      const { round } = await findRelease(stores, request)
      const form = readForm(decisionForm, request.body)
      if ('problems' in form) return show(request, reply, form, 400)
      const { number, day } = form.data
      const problems = { day: 'staff.releases.destruction.future' }
      if (day > swedishDay(clock())) return show(request, reply, { problems, typed: request.body }, 400)
      await results.recordArchiveDecision(round.id, `${number}, ${day}`)
      request.done = { subject: round.id }
      return seeOther(reply, `${address(round.id)}/destruction?done=releases.decided`)
    },
  )

  // The deed is written with what it tells of.
  app.post(
    '/rounds/:roundId/results/destruction',
    { config: { may, isSilent: true, alsoDoes: ['releases.destroyed'] } },
    async (request, reply) => {
      const { round } = await findRelease(stores, request)
      const { year } = request.body as { year?: unknown }
      const problems = { year: 'staff.rounds.problem.year' }
      if (foldToAscii(String(year ?? '')).trim() !== String(round.year))
        return show(request, reply, { problems, typed: { year } }, 400)
      await answersEnd.destroy(round.id, { by: request.staff.id, now: clock() })
      return seeOther(reply, `${address(round.id)}?done=releases.destroyed`)
    },
  )

  async function show(request: FastifyRequest, reply: FastifyReply, form = {}, status = 200) {
    const { round, release } = await findRelease(stores, request)
    const end = await answersEnd.find(round, clock())
    if (!end) throw new DomainError('conflict', `Round ${round.id} collects answers.`)
    if (end.destroyedOn) return seeOther(reply, address(round.id))
    const nation = await results.listIndicators({ roundId: round.id, number: release.number }, { levels: ['nation'] })
    const data = {
      ...{ round, end, responses: toldResponses(nation) },
      isKept: findKeptKey(config.keyDir, round.id) !== undefined,
      isTime: swedishDay(clock()) >= end.byHandFrom,
      ...form,
    }
    return page(request, reply, 'staff/releases/destruction', data, status)
  }
}
