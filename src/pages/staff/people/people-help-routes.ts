import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../../../errors.ts'
import { rolesInvitedBy } from '../../../people/roles.ts'
import { seeOther } from '../../../web/page.ts'
import type { ConfirmView } from '../confirming.ts'
import type { StaffContext } from '../context.ts'
import { textsOf } from '../staff-page.ts'
import { endingOf } from './ending.ts'
import { handingOver } from './handing-over.ts'
import type { Views } from './views.ts'

const may = 'manage people' as const

/** Help for somebody who cannot sign in, and the end of an account: always somebody else's, who is told of it. */
export async function peopleHelpRoutes(
  app: FastifyInstance,
  options: StaffContext<Views & ConfirmView>,
): Promise<void> {
  const { stores, page, languages, clock, tellOwner, requireTelling } = options
  const { newInvitation, requireLinkLeft, handOver, isOfSomebody } = handingOver(options)

  app.post('/people/:staffId/invitation', { config: { may, does: 'people.invitedAgain' } }, async (request, reply) => {
    const person = await anotherOf(request)
    if (await isOfSomebody(person)) await requireTelling()
    const isShown = (request.body as { show?: string }).show !== undefined
    await requireLinkLeft(request, reply, { ...person, isShown })
    const { link, ...invitation } = newInvitation(request.staff.id)
    await stores.people.inviteAgain(person.id, invitation)
    request.done = { subject: person.email, municipalityCode: person.municipalityCode }
    return handOver(request, reply, { ...person, link, isShown })
  })

  app.post(
    '/people/:staffId/second-factor-removal',
    { config: { may, does: 'account.factorRemoved' } },
    async (request, reply) => {
      const person = await anotherOf(request)
      const { id, email, municipalityCode, hasSecondFactor } = person
      request.done = { subject: email, municipalityCode, isDone: hasSecondFactor }
      if (hasSecondFactor) {
        await requireTelling()
        await stores.people.setSecondFactor(id, { totpSealed: null, totpStep: 0, recoveryTags: [] })
        await tellOwner(person, { change: 'factorRemoved' }, { who: request.staff.name })
      }
      return seeOther(reply, `/staff/people/${id}?done=people.factorRemoved`)
    },
  )

  app.get('/people/:staffId/ending', { config: { may } }, async (request, reply) => {
    const person = await anotherOf(request)
    const { id, name } = person
    const t = textsOf(request, languages)
    return page(request, reply, 'staff/confirm', {
      heading: t('staff.people.asked.heading', { name }),
      trail: { href: `/staff/people/${id}`, text: name },
      consequences: await endingOf(request, options, person),
      ...{ action: `/staff/people/${id}/ending`, button: t('staff.people.end') },
    })
  })

  app.post('/people/:staffId/ending', { config: { may, does: 'people.ended' } }, async (request, reply) => {
    const person = await anotherOf(request)
    const { id, email, municipalityCode } = person
    await requireTelling()
    await stores.people.endAccount(id, clock().toISOString().slice(0, 10))
    request.done = { subject: email, municipalityCode }
    await tellOwner(person, { change: 'ended' }, { who: request.staff.name })
    return seeOther(reply, '/staff/people?done=people.ended')
  })

  /** Somebody else: a link to one's own account, or its end, would need no password. */
  async function anotherOf({ params, staff }: FastifyRequest) {
    const person = await stores.people.getPerson(staff.scope, (params as { staffId: string }).staffId)
    if (person.id === staff.id)
      throw new DomainError('conflict', 'It is their own account.', { messageKey: 'ownAccount' })
    if (!rolesInvitedBy(staff.role).includes(person.role))
      throw new DomainError('not-found', 'Not an account of theirs.')
    return person
  }
}
