import type { FastifyInstance } from 'fastify'
import type { StaffContext } from '../staff/context.ts'

/** How the fieldwork goes: response rates by unit, group and channel, and day by day. */
export async function fieldworkRoutes(_app: FastifyInstance, _options: StaffContext): Promise<void> {}
