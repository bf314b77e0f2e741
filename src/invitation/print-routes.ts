import type { FastifyInstance } from 'fastify'
import type { StaffContext } from '../staff/context.ts'

/** Slips, letters and mail merge. */
export async function printRoutes(_app: FastifyInstance, _options: StaffContext): Promise<void> {}
