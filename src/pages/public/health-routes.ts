import type { FastifyInstance } from 'fastify'
import { respondentHeaders } from '../../web/security.ts'

export interface HealthOptions {
  /** Why no answer can be taken, in a word, or `undefined` when it can. */
  whyNotReady: () => Promise<string | undefined>
  /** What may be turned off though answers can be taken, and whether it is. */
  isOff: Record<string, () => boolean | Promise<boolean>>
}

/**
 * For watchdogs and load balancers. `/health` says that the process answers, and asks nothing of anybody: who gets no answer there
 * may start it anew. `/ready` says whether answers can be taken, and why not: a person must look.
 */
export async function healthRoutes(app: FastifyInstance, { whyNotReady, isOff }: HealthOptions): Promise<void> {
  app.get('/health', async (_request, reply) => reply.headers(respondentHeaders).send({ status: 'ok' }))

  app.get('/ready', async (_request, reply) => {
    reply.headers(respondentHeaders)
    const reason = await whyNotReady()
    if (reason) return reply.code(503).send({ status: 'not-ready', reason })
    const off: string[] = []
    for (const [what, is] of Object.entries(isOff)) if (await is()) off.push(what)
    return reply.send(off.length === 0 ? { status: 'ready' } : { status: 'ready', off })
  })
}
