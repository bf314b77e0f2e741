import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../../errors.ts'
import { holdChallenges } from '../../../round/challenge.ts'
import { findKeptKey } from '../../../round/kept-key.ts'
import type { Round } from '../../../round/round.ts'
import { seeOther } from '../../../web/page.ts'
import { respondentHeaders } from '../../../web/security.ts'
import type { StaffContext } from '../context.ts'
import { readCheckedKey, readOpened } from './key-form.ts'
import type { Views } from './views.ts'

const may = 'manage rounds' as const

/** The key drill: a copy of the key opens a test ballot, or the round does not collect. */
export async function openingRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, page, clock, config } = context
  const { keyDir } = config
  const challenges = holdChallenges(clock)
  const roundOf = ({ params }: FastifyRequest) => stores.round.getRound((params as { roundId: string }).roundId)

  app.get('/rounds/:roundId/opening', { config: { may } }, async (request, reply) =>
    showOpening(request, reply, await roundOf(request)),
  )

  app.post('/rounds/:roundId/opening', { config: { may, does: 'rounds.opened' } }, async (request, reply) => {
    const round = await roundOf(request)
    if (!isBeforeCollection(round)) throw new DomainError('conflict', `Round ${round.id} has been opened already.`)
    const problem = drillProblem(round, request)
    if (problem) return showOpening(request, reply, round, { problems: { keyFile: problem } }, 400)

    await stores.round.moveRound(round.id, ['draft', 'enrolling'], 'collecting')
    request.done = { subject: round.id }
    return seeOther(reply, `/staff/rounds/${round.id}?done=rounds.opened`)
  })

  app.post('/rounds/:roundId/opening/challenge', { config: { may, isSilent: true } }, async (request, reply) => {
    const { publicKey } = await roundOf(request)
    const sealed = challenges.give(request.staff.sessionTag, publicKey).toString('base64')
    return reply.headers(respondentHeaders).send({ sealed })
  })

  /** What is wrong with the key of a drill, or `undefined`. */
  function drillProblem(round: Round, { staff, body }: FastifyRequest): string | undefined {
    const opened = readOpened(body)
    if (opened) {
      const isOwn = challenges.met(staff.sessionTag, opened)?.equals(round.publicKey)
      return isOwn ? undefined : 'staff.rounds.problem.wrongKey'
    }
    const checked = readCheckedKey(round, body, findKeptKey(keyDir, round.id))
    return 'problem' in checked ? checked.problem : undefined
  }

  async function showOpening(request: FastifyRequest, reply: FastifyReply, round: Round, form = {}, status = 200) {
    if (!isBeforeCollection(round)) return seeOther(reply, `/staff/rounds/${round.id}`)
    const isKept = findKeptKey(keyDir, round.id) !== undefined
    return page(request, reply, 'staff/rounds/opening', { round, isKept, ...form }, status)
  }
}

const isBeforeCollection = ({ state }: Round) => state === 'draft' || state === 'enrolling'
