import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { DomainError } from '../../../errors.ts'
import { invitationHours } from '../../../people/session.ts'
import { readForm } from '../../../web/form.ts'
import type { StaffContext } from '../context.ts'
import { textsOf } from '../staff-page.ts'
import { handingOver } from './handing-over.ts'
import { type InvitedLine, mostInvited, readInvitedLines } from './invited-lines.ts'
import { placeForm, placeOf, placesFor } from './place.ts'
import type { Views } from './views.ts'

const required = 'staff.web.problem.required'
const form = z.object({ ...placeForm, people: z.string(required).max(20_000, 'staff.web.problem.long') })
const may = 'manage people' as const

/** Several who will do the same at the same places are invited at once, each by a link of their own. */
export async function severalRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, languages, log, page, requireTelling } = context
  const { newInvitation, requireLinkLeft, give, isOfSomebody } = handingOver(context)

  app.get('/people/several', { config: { may } }, async (request, reply) => {
    const { municipality } = request.query as { municipality?: string }
    const places = await placesFor(stores, request.staff)
    const role = request.staff.scope.municipalityCode === undefined ? 'coordinator' : 'caseworker'
    const units = places.units.length === 1 ? places.units.map(({ id }) => id) : []
    const typed = { role, units, ...(municipality ? { municipality } : {}) }
    return page(request, reply, 'staff/people/several', { ...places, typed })
  })

  app.post('/people/several', { config: { may, does: 'people.invited' } }, async (request, reply) => {
    const places = await placesFor(stores, request.staff)
    const read = readForm(form, request.body)
    const again = (problems: Record<string, string>, lines = '') =>
      page(
        request,
        reply,
        'staff/people/several',
        { ...places, problems, typed: request.body, valuesOf: { people: { lines, most: mostInvited } } },
        400,
      )
    if ('problems' in read) return again(read.problems)
    const place = placeOf(request, read.data, places)
    if ('problems' in place) return again(place.problems)
    const lines = readInvitedLines(read.data.people)
    if (lines.length === 0) return again({ people: required })
    if (lines.length > mostInvited) return again({ people: 'staff.people.several.tooMany' })
    const wrong = lines.flatMap((line) => ('problem' in line ? [say(request, `several.${line.problem}`, line)] : []))
    if (wrong.length > 0) return again({ people: 'staff.people.several.wrong' }, wrong.join(' '))

    const done: { subject: string; municipalityCode?: string }[] = []
    request.done = done
    const invited: { name: string; email: string; link?: string }[] = []
    const failed: { line: InvitedLine; reason: string }[] = []
    const invite = async ({ name, email }: { name: string; email: string }) => {
      const { link, ...invitation } = newInvitation(request.staff.id)
      const person = { name, email, ...place, language: request.staff.language }
      if (await isOfSomebody({ email, hasPassword: false })) await requireTelling()
      await requireLinkLeft(request, reply, { email, hasPassword: false })
      const id = await stores.people.addPerson(person, invitation)
      done.push({ subject: email, municipalityCode: person.municipalityCode })
      const { isMailed } = await give(request, { ...person, id, hasPassword: false, link })
      return { name, email, ...(isMailed ? {} : { link }) }
    }
    for (const line of lines) {
      if ('problem' in line) continue
      try {
        invited.push(await invite(line))
      } catch (error) {
        failed.push({ line, reason: reasonOf(error) })
      }
    }
    return page(request, reply, 'staff/people/several-invited', {
      ...{ invited, days: invitationHours / 24 },
      failed: failed.map(({ line: { text }, reason }) => ({ text, reason })),
      again: { role: place.role, units: place.unitIds, municipality: read.data.municipality ?? '' },
    })
  })

  const say = (request: FastifyRequest, key: string, values: Record<string, string | number>) =>
    textsOf(request, languages)(`staff.people.${key}`, values)

  /** A key of why somebody could not be invited. What is not known is a defect, and no reason to say nothing of the others. */
  function reasonOf(error: unknown): string {
    if (error instanceof DomainError && error.messageKey === 'emailTaken') return 'staff.people.emailTaken'
    if (error instanceof DomainError && error.messageKey) return `staff.web.${error.messageKey}.text`
    const { name, code } = error as Error & { code?: string }
    log.error({ name, code }, 'somebody could not be invited') // its message may quote an address
    return 'staff.web.unavailable.text'
  }
}
