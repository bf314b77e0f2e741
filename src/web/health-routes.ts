import type { FastifyInstance } from 'fastify'
import { respondentHeaders } from './security.ts'

/** For a load balancer or a watchdog: 200 when the service can read its database, 503 when it cannot. Says nothing else. */
export async function healthRoutes(
  app: FastifyInstance,
  { isHealthy }: { isHealthy: () => Promise<boolean> },
): Promise<void> {
  app.get('/health', async (request, reply) => {
    reply.headers(respondentHeaders)
    try {
      if (await isHealthy()) return reply.send({ status: 'ok' })
    } catch (error) {
      request.log.error({ code: (error as { code?: string }).code }, 'the database could not be read')
    }
    return reply.code(503).send({ status: 'unavailable' })
  })
}
