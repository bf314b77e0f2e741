import type { FastifyInstance } from 'fastify'
import type { StaffContext } from '../staff/context.ts'

/** Entering paper forms by keyboard, a bundle at a time. */
export async function paperEntryRoutes(_app: FastifyInstance, _options: StaffContext): Promise<void> {}
