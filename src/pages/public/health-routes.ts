import type { FastifyInstance } from 'fastify'
import { respondentHeaders } from '../../web/security.ts'

export interface HealthOptions {
  /** Why no answer can be taken, in a word, or `undefined` when it can. */
  whyNotReady: () => Promise<string | undefined>
  /** What is turned off though answers can be taken. */
  off: () => Promise<string[]>
}

/**
 * For watchdogs and load balancers. `/health` says that the process answers, and asks nothing of anybody: who gets no answer there
 * may start it anew. `/ready` says whether answers can be taken, and why not: a person must look.
 */
export async function healthRoutes(app: FastifyInstance, { whyNotReady, off }: HealthOptions): Promise<void> {
  app.get('/health', async (_request, reply) => reply.headers(respondentHeaders).send({ status: 'ok' }))

  app.get('/ready', async (_request, reply) => {
    reply.headers(respondentHeaders)
    const reason = await whyNotReady()
    if (reason) return reply.code(503).send({ status: 'not-ready', reason })
    const isOff = await off()
    return reply.send(isOff.length === 0 ? { status: 'ready' } : { status: 'ready', off: isOff })
  })
}
