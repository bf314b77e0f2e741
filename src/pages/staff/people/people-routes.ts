import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { DomainError } from '../../../errors.ts'
import { type Person, worksAtUnits } from '../../../people/person.ts'
import { needsSecondFactor, rolesInvitedBy } from '../../../people/roles.ts'
import { email, line, readForm } from '../../../web/form.ts'
import { bringUpToDate, seenText } from '../../../web/meanwhile.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { listing } from '../listing.ts'
import { handingOver } from './handing-over.ts'
import { peopleList, whereOf } from './people-list.ts'
import { placeForm, placeOf, placesFor, refuseRole } from './place.ts'
import type { Views } from './views.ts'

const problem = 'staff.web.problem.choose'
const inviteForm = z.object({ name: line(), email, ...placeForm })
const changeForm = z.object({ name: line(), role: placeForm.role, units: placeForm.units })
const may = 'manage people' as const

/** Accounts: who works here, with what, where. An invitation is a link that is good once. */
export async function peopleRoutes(app: FastifyInstance, options: StaffContext<Views>): Promise<void> {
  const { stores, config, languages, page, tellOwner, requireTelling } = options
  const { newInvitation, requireLinkLeft, handOver, isOfSomebody } = handingOver(options)

  const languageOf = ({ staff }: FastifyRequest) => languages.find(staff.language)!

  const choices = ({ staff }: FastifyRequest) => placesFor(stores, staff)

  app.get('/people', { config: { may } }, async (request, reply) => {
    const looksAfter = rolesInvitedBy(request.staff.role)
    const all = await stores.people.listPeople(request.staff.scope)
    const people = all.filter(({ id, role }) => looksAfter.includes(role) || id === request.staff.id)
    const units = await stores.organisation.listUnits(request.staff.scope)
    const named = new Map(units.map(({ id, name }) => [id, name]))
    const rows = people.map((person) => ({ ...person, where: whereOf(person, named) }))
    return page(request, reply, 'staff/people/list', { list: listing(peopleList, rows, request.query) })
  })

  app.get('/people/new', { config: { may } }, async (request, reply) => {
    const { municipality } = request.query as { municipality?: string }
    const typed = municipality ? { municipality, role: 'coordinator' } : {}
    return page(request, reply, 'staff/people/new', { ...(await choices(request)), typed })
  })

  app.post('/people', { config: { may, does: 'people.invited' } }, async (request, reply) => {
    const form = readForm(inviteForm, request.body)
    const again = async (problems: Record<string, string>) => {
      const data = { ...(await choices(request)), problems, typed: request.body }
      return page(request, reply, 'staff/people/new', data, 400)
    }
    if ('problems' in form) return again(form.problems)
    const { name, email } = form.data
    const place = placeOf(request, form.data, await choices(request))
    if ('problems' in place) return again(place.problems)

    const { link, ...invitation } = newInvitation(request.staff.id)
    const person = { name, email, ...place, language: request.staff.language }
    if (await isOfSomebody({ email, hasPassword: false })) await requireTelling()
    await requireLinkLeft(request, reply, { email, hasPassword: false })
    let id: string
    try {
      id = await stores.people.addPerson(person, invitation)
    } catch (error) {
      if (error instanceof DomainError && error.messageKey === 'emailTaken')
        return again({ email: 'staff.people.emailTaken' })
      throw error
    }
    request.done = { subject: email, municipalityCode: place.municipalityCode }
    return handOver(request, reply, { ...person, id, hasPassword: false, link })
  })

  app.get('/people/:staffId', { config: { may } }, async (request, reply) => {
    const person = await personOf(request)
    const units = person.municipalityCode
      ? await stores.organisation.listUnits({ municipalityCode: person.municipalityCode })
      : []
    const roles = rolesInvitedBy(request.staff.role)
    return page(request, reply, 'staff/people/person', { person, units, roles, seen: seenText(startOf(person)) })
  })

  app.post('/people/:staffId', { config: { may, does: 'people.changed' } }, async (request, reply) => {
    const person = await personOf(request)
    const { typed, problems, valuesOf } = bringUpToDate(request.body, startOf(person))
    const form = readForm(changeForm, typed)
    const units = person.municipalityCode
      ? await stores.organisation.listUnits({ municipalityCode: person.municipalityCode })
      : []
    const data = { person, units, roles: rolesInvitedBy(request.staff.role), seen: seenText(startOf(person)), typed }
    const wrong = { ...problems, ...('problems' in form ? form.problems : {}) }
    if (valuesOf.role) valuesOf.role.now = languages.text(languageOf(request), `staff.words.roles.${person.role}`)
    if ('problems' in form || Object.keys(problems).length > 0)
      return page(request, reply, 'staff/people/person', { ...data, problems: wrong, valuesOf }, 400)
    const { name, role } = form.data
    refuseRole(request, role)
    if ((role === 'national') !== (person.role === 'national'))
      throw new DomainError('invalid', 'A role of the nation cannot be changed.')
    const unitIds = worksAtUnits(role) ? form.data.units : []
    if (worksAtUnits(role) && unitIds.length === 0)
      return page(request, reply, 'staff/people/person', { ...data, problems: { units: problem } }, 400)
    const isOther = name !== person.name || role !== person.role || !isSame(unitIds, person.unitIds)
    if (isOther) await requireTelling()
    await stores.people.changePerson(person.id, { name, role, unitIds })
    if (needsSecondFactor(role, config) && !person.hasSecondFactor) await stores.people.endOtherSessions(person.id)
    request.done = { subject: person.email, municipalityCode: person.municipalityCode, number: isOther ? 1 : 0 }
    if (isOther) await tellOwner({ ...person, name }, { change: 'changed', role }, { who: request.staff.name })
    return seeOther(reply, '/staff/people?done=people.changed')
  })

  async function personOf({ params, staff }: FastifyRequest) {
    const person = await stores.people.getPerson(staff.scope, (params as { staffId: string }).staffId)
    if (!rolesInvitedBy(staff.role).includes(person.role) && person.id !== staff.id)
      throw new DomainError('not-found', 'Not an account of theirs.')
    return person
  }
}

/** How the form of a person begins. */
const startOf = ({ name, role, unitIds }: Person) => ({ name, role, units: unitIds })

const isSame = (some: string[], others: string[]) =>
  JSON.stringify([...some].sort()) === JSON.stringify([...others].sort())
