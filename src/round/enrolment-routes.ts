import type { FastifyInstance } from 'fastify'
import type { StaffContext } from '../staff/context.ts'

/** Municipalities register for a round. */
export async function enrolmentRoutes(_app: FastifyInstance, _options: StaffContext): Promise<void> {}
