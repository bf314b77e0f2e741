import type { FastifyInstance } from 'fastify'
import type { StaffContext } from '../staff/context.ts'

/** Answers from a municipality's own tool. */
export async function paperImportRoutes(_app: FastifyInstance, _options: StaffContext): Promise<void> {}
