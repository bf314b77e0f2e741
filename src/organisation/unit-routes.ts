import type { FastifyInstance } from 'fastify'
import type { StaffContext } from '../staff/context.ts'

/** Units of a municipality, and the groups they meet. */
export async function unitRoutes(_app: FastifyInstance, _options: StaffContext): Promise<void> {}
