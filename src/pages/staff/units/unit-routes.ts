import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { findNamesake } from '../../../organisation/unit-name.ts'
import { targetGroups } from '../../../questionnaire/target-groups.ts'
import { line, readForm, several } from '../../../web/form.ts'
import { bringUpToDate, type UpToDate } from '../../../web/meanwhile.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { groupsAt, listed, whereGroupsAre } from './looking.ts'
import { changeOf } from './matrix.ts'
import { unitPage } from './unit-page.ts'
import type { Views } from './views.ts'

const groups = several(z.enum(targetGroups))
const newUnit = z.object({ name: line(), groups })
const may = 'manage units' as const

/** Units of a municipality, and the groups they meet in the working round. */
export async function unitRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, page, undoing } = context
  const { look, unitOf, showUnit, orSay, done } = unitPage(context)

  app.get('/units', { config: { may } }, async (request, reply) =>
    page(request, reply, 'staff/units/list', listed(await look(request), request.query)),
  )

  app.post('/units', { config: { may, does: 'units.added' } }, async (request, reply) => {
    const seen = await look(request)
    const form = readForm(newUnit, request.body)
    const again = (problems: Record<string, string>) =>
      page(request, reply, 'staff/units/list', { ...listed(seen, {}), problems, typed: request.body }, 400)
    if ('problems' in form) return again(form.problems)
    if (findNamesake(seen.units, form.data.name)) return again({ name: 'staff.units.nameTaken' })
    const chosen = form.data.groups.filter((group) => seen.groups.includes(group))
    const unit = { name: form.data.name, groups: chosen.map((targetGroup) => ({ targetGroup, expected: 0 })) }
    const round = chosen.length > 0 ? whereGroupsAre(seen) : undefined
    await stores.enrolment.addUnitsWithGroups(seen.municipalityCode, [unit], round)
    request.done = { subject: unit.name, municipalityCode: seen.municipalityCode }
    return seeOther(reply, '/staff/units?done=units.added')
  })

  app.post('/units/copy', { config: { may, does: 'units.copied' } }, async (request, reply) => {
    const seen = await look(request)
    const at = whereGroupsAre(seen)
    const places = seen.earlier?.places ?? []
    const isDone = await stores.enrolment.addPlaces(at, places)
    request.done = { subject: at.roundId, municipalityCode: seen.municipalityCode, number: places.length, isDone }
    return seeOther(reply, '/staff/units?done=units.copied')
  })

  app.get('/units/:unitId', { config: { may } }, async (request, reply) => showUnit(request, reply))

  app.post('/units/:unitId', { config: { may, does: 'units.renamed' } }, async (request, reply) => {
    const unit = await unitOf(request)
    const upToDate = bringUpToDate(request.body, { name: unit.name })
    if (isClash(upToDate)) return showUnit(request, reply, upToDate.problems, upToDate)
    const form = readForm(z.object({ name: line() }), upToDate.typed)
    if ('problems' in form) return showUnit(request, reply, form.problems)
    const others = (await stores.organisation.listUnits(request.staff.scope)).filter(({ id }) => id !== unit.id)
    if (findNamesake(others, form.data.name)) return showUnit(request, reply, { name: 'staff.units.nameTaken' })
    const isDone = await stores.organisation.renameUnit(unit, form.data.name)
    return done(request, reply, { ...unit, isDone }, 'renamed', `/${unit.id}`)
  })

  app.post('/units/:unitId/groups', { config: { may, does: 'units.grouped' } }, async (request, reply) => {
    const unit = await unitOf(request)
    const seen = await look(request)
    if (!seen.hasGroupsOpen) return showUnit(request, reply, { groups: 'staff.units.groupsClosed' })
    const now = groupsAt(seen, unit)
    const { typed } = bringUpToDate(request.body, { groups: now })
    const form = readForm(z.object({ groups }), typed)
    if ('problems' in form) return showUnit(request, reply, form.problems)
    const change = { unitId: unit.id, ...changeOf(now, form.data.groups) }
    return orSay(request, reply, 'groups', async () => {
      const at = whereGroupsAre(seen)
      const grouped = await stores.enrolment.changeGroups(at, [change])
      if (grouped.length > 0) undoing.keep(request, 'units/groups', { at, grouped }, 'units.grouped')
      return done(request, reply, { ...unit, isDone: grouped.length > 0 }, 'grouped', `/${unit.id}`)
    })
  })
}

const isClash = ({ problems }: UpToDate) => Object.keys(problems).length > 0
