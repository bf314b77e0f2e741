import type { FastifyInstance } from 'fastify'
import type { StaffContext } from '../staff/context.ts'

/** Rounds: made, opened, paused, extended, closed. */
export async function roundRoutes(_app: FastifyInstance, _options: StaffContext): Promise<void> {}
