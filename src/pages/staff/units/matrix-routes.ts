import type { FastifyInstance } from 'fastify'
import type { GroupChange } from '../../../enrolment/units-store.ts'
import { DomainError } from '../../../errors.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import { seeOther } from '../../../web/page.ts'
import { backTo } from '../back-to.ts'
import type { StaffContext } from '../context.ts'
import { addressOfList } from '../listing.ts'
import { tellOfMarked } from '../marking.ts'
import { textsOf } from '../staff-page.ts'
import { groupsAt, listed, lookAtUnits, type SeenUnits, unitList, whereGroupsAre } from './looking.ts'
import { readMatrix } from './matrix.ts'
import type { Views } from './views.ts'

const may = 'manage units' as const

/** Groups of many units at once: what was ticked and unticked, on what they are by now; all of it, or nothing; and taking back what was saved last. */
export async function matrixRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { stores, clock, page, languages, undoing } = context

  app.post('/units/groups', { config: { may, does: 'units.grouped' } }, async (request, reply) => {
    const seen = await lookAtUnits(stores, request.staff.scope, swedishDay(clock()))
    const query = Object.fromEntries(new URLSearchParams((request.body as { list?: string }).list ?? ''))
    const changes = readMatrix(request.body)
    const nameOf = (id: unknown) => seen.units.find((unit) => unit.id === id)?.name ?? ''
    try {
      const at = whereGroupsAre(seen)
      const grouped = await stores.enrolment.changeGroups(at, changes)
      request.done = grouped.map(({ unitId }) => deedAt(seen, unitId))
      const done = `units.someGrouped-${grouped.length}`
      if (grouped.length > 0) undoing.keep(request, 'units/groups', { at, grouped }, done)
      return seeOther(reply, addressOfList(unitList, query, { done }))
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

  app.post('/units/groups/undo', { config: { may, does: 'units.groupingUndone' } }, async (request, reply) => {
    const { at, grouped = [] } = undoing.take(request, 'units/groups') ?? {}
    const seen = await lookAtUnits(stores, request.staff.scope, swedishDay(clock()))
    const back = at ? await stores.enrolment.takeBackGroups({ ...at, today: seen.today }, grouped) : []
    request.done = back.map((unitId) => deedAt(seen, unitId))
    const texts = { done: 'units.groupingUndone', notice: 'units.groupingStays' }
    const told = tellOfMarked(texts, { done: back.length, marked: grouped.length })
    const said = grouped.length > 0 ? told : { notice: 'web.nothingToUndo' }
    return seeOther(reply, `${backTo(request, unitList.address)}?${new URLSearchParams(said)}`)
  })
}

const deedAt = ({ units, municipalityCode }: SeenUnits, unitId: string) => ({
  subject: units.find(({ id }) => id === unitId)?.name,
  municipalityCode,
})

function tickedIn(seen: SeenUnits, { unitId, added, removed }: GroupChange) {
  const kept = groupsAt(seen, { id: unitId }).filter((group) => !removed.includes(group))
  return { unitId, groups: [...kept, ...added] }
}
