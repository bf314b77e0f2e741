import type { FastifyInstance } from 'fastify'
import type { StaffContext } from '../staff/context.ts'

/** Invitations and reminders by e-mail. */
export async function emailRoutes(_app: FastifyInstance, _options: StaffContext): Promise<void> {}
