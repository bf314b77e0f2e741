import type { FastifyInstance } from 'fastify'
import type { StaffContext } from '../staff/context.ts'

/** Paper forms: printed, and tallied as they are handed out. */
export async function paperRoutes(_app: FastifyInstance, _options: StaffContext): Promise<void> {}
