import type { FastifyInstance } from 'fastify'
import type { StaffContext } from '../staff/context.ts'

/** Slips that came back, letters that could not be delivered. */
export async function leftoverRoutes(_app: FastifyInstance, _options: StaffContext): Promise<void> {}
