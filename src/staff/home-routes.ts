import type { FastifyInstance } from 'fastify'
import type { StaffContext } from './context.ts'

/** The first page after signing in: what to do next. */
export async function homeRoutes(app: FastifyInstance, { page }: StaffContext): Promise<void> {
  app.get('/', { config: { may: 'use own account' } }, async (request, reply) =>
    page(request, reply, 'staff/home/home'),
  )
}
