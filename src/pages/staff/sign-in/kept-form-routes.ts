import type { FastifyInstance } from 'fastify'
import { knownDevice } from '../../../crypto/secrets.ts'
import { DomainError } from '../../../errors.ts'
import type { StaffContext } from '../context.ts'
import type { KeptForms } from '../kept-forms.ts'
import { shownOf } from '../typed-fields.ts'
import type { Views } from './views.ts'

/** A form that came when its session was over: its writer, signed in again, sees it and sends it. */
export async function keptFormRoutes(
  app: FastifyInstance,
  { keys, page, keptForms }: StaffContext<Views> & { keptForms: KeptForms },
): Promise<void> {
  app.get('/kept/:id', { config: { may: 'use own account' } }, async (request, reply) => {
    const { id } = request.params as { id: string }
    const form = keptForms.find(knownDevice(keys.staffKey, request.staff.email), id)
    if (!form) throw new DomainError('not-found', 'Nothing is kept.', { messageKey: 'nothingKept' })
    return page(request, reply, 'staff/sign-in/kept', { id, form, shown: shownOf(form.fields) })
  })
}
