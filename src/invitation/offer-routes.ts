import type { FastifyInstance } from 'fastify'
import type { StaffContext } from '../staff/context.ts'

/** Offering the survey to somebody who is here: one code, or one who declined. */
export async function offerRoutes(_app: FastifyInstance, _options: StaffContext): Promise<void> {}
