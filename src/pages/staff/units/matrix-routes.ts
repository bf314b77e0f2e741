import type { FastifyInstance } from 'fastify'
import type { GroupChange } from '../../../enrolment/units-store.ts'
import { DomainError } from '../../../errors.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { addressOfList } from '../listing.ts'
import { textsOf } from '../staff-page.ts'
import { groupsAt, listed, lookAtUnits, type SeenUnits, unitList, whereGroupsAre } from './looking.ts'
import { readMatrix } from './matrix.ts'
import type { Views } from './views.ts'

/** Groups of many units at once: what was ticked and unticked, on what they are by now; all of it, or nothing. */
export async function matrixRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, clock, page, languages } = context

  app.post('/units/groups', { config: { may: 'manage units', does: 'units.grouped' } }, async (request, reply) => {
    const seen = await lookAtUnits(stores, request.staff.scope, swedishDay(clock()))
    const query = Object.fromEntries(new URLSearchParams((request.body as { list?: string }).list ?? ''))
    const changes = readMatrix(request.body)
    const nameOf = (id: unknown) => seen.units.find((unit) => unit.id === id)?.name ?? ''
    try {
      const others = await stores.enrolment.changeGroups(whereGroupsAre(seen), changes)
      request.done = others.map((id) => ({ subject: nameOf(id), municipalityCode: seen.municipalityCode }))
      return seeOther(reply, addressOfList(unitList, query, { done: `units.someGrouped-${others.length}` }))
    } catch (error) {
      if (!(error instanceof DomainError) || error.messageKey !== 'groupInUse') throw error
      const { unitId, targetGroup } = error.values
      const group = textsOf(request, languages)(`staff.words.groups.${targetGroup}`)
      const told = { matrix: { unit: nameOf(unitId), group } }
      const shown = { ...listed(seen, query), ticked: changes.map((change) => tickedIn(seen, change)) }
      const problems = { matrix: 'staff.units.groupInUseAt' }
      return page(request, reply, 'staff/units/list', { ...shown, problems, typed: {}, valuesOf: told }, 400)
    }
  })
}

function tickedIn(seen: SeenUnits, { unitId, added, removed }: GroupChange) {
  const kept = groupsAt(seen, { id: unitId }).filter((group) => !removed.includes(group))
  return { unitId, groups: [...kept, ...added] }
}
