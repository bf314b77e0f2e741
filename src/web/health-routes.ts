import type { FastifyInstance } from 'fastify'
import type { Log } from '../log.ts'
import { respondentHeaders } from './security.ts'

/** For a load balancer or a watchdog: 200 when the service can read its database, 503 when it cannot. Says nothing else. */
export async function healthRoutes(
  app: FastifyInstance,
  { isHealthy, log }: { isHealthy: () => Promise<boolean>; log: Log },
): Promise<void> {
  app.get('/health', async (_request, reply) => {
    reply.headers(respondentHeaders)
    try {
      if (await isHealthy()) return reply.send({ status: 'ok' })
    } catch (error) {
      log.error({ code: (error as { code?: string }).code }, 'the database could not be read')
    }
    return reply.code(503).send({ status: 'unavailable' })
  })
}
