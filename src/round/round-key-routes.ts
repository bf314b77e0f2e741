import type { FastifyInstance } from 'fastify'
import type { StaffContext } from '../staff/context.ts'

/** The key ceremony and the key drill. */
export async function roundKeyRoutes(_app: FastifyInstance, _options: StaffContext): Promise<void> {}
