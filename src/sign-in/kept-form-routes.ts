import type { FastifyInstance } from 'fastify'
import { DomainError } from '../errors.ts'
import type { StaffContext } from '../staff/context.ts'
import type { KeptForms } from './kept-forms.ts'
import { knownDevice } from './secrets.ts'

/** What was typed is shown to nobody as long as this; a long one is all sent, though. */
const mostShown = 30

/** A form that came when its session was over: its writer, signed in again, sees it and sends it. */
export async function keptFormRoutes(
  app: FastifyInstance,
  { keys, page, keptForms }: StaffContext & { keptForms: KeptForms },
): Promise<void> {
  app.get('/kept/:id', { config: { may: 'use own account' } }, async (request, reply) => {
    const { id } = request.params as { id: string }
    const form = keptForms.find(knownDevice(keys.staffKey, request.staff.email), id)
    if (!form) throw new DomainError('not-found', 'Nothing is kept.', { messageKey: 'nothingKept' })
    const typed = form.fields
      .filter(([name, value]) => value.trim() !== '' && !unseen.has(name))
      .map(([, value]) => value)
    return page(request, reply, 'staff/sign-in/kept', { id, form, shown: typed.slice(0, mostShown) })
  })
}

/** Fields that no person has typed. */
const unseen = new Set(['seen', 'state', 'rows', 'next', 'id'])
