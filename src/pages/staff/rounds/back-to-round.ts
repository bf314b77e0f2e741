import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Round } from '../../../round/round.ts'
import { seeOther } from '../../../web/page.ts'

/** Back to the round, which says what was done. */
export function backToRound(
  request: FastifyRequest,
  reply: FastifyReply,
  { id }: Round,
  deed: string,
  isDone = true,
): FastifyReply {
  request.done = { subject: id, isDone }
  return seeOther(reply, `/staff/rounds/${id}?done=rounds.${deed}`)
}
