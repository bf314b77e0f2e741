import type { FastifyInstance } from 'fastify'
import type { StaffContext } from '../staff/context.ts'

/** Tablets, as staff look after them. */
export async function tabletStaffRoutes(_app: FastifyInstance, _options: StaffContext): Promise<void> {}
