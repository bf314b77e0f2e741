import type { FastifyInstance } from 'fastify'
import { DomainError } from '../errors.ts'
import type { StaffContext } from '../staff/context.ts'
import { type KeptForms, shownOf } from './kept-forms.ts'
import { knownDevice } from './secrets.ts'

/** A form that came when its session was over: its writer, signed in again, sees it and sends it. */
export async function keptFormRoutes(
  app: FastifyInstance,
  { keys, page, keptForms }: StaffContext & { keptForms: KeptForms },
): Promise<void> {
  app.get('/kept/:id', { config: { may: 'use own account' } }, async (request, reply) => {
    const { id } = request.params as { id: string }
    const form = keptForms.find(knownDevice(keys.staffKey, request.staff.email), id)
    if (!form) throw new DomainError('not-found', 'Nothing is kept.', { messageKey: 'nothingKept' })
    return page(request, reply, 'staff/sign-in/kept', { id, form, shown: shownOf(form.fields) })
  })
}
