import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Unit } from '../../../organisation/store.ts'
import type { ConfirmView } from '../confirming.ts'
import type { StaffContext } from '../context.ts'
import { textsOf } from '../staff-page.ts'
import { groupsAt } from './looking.ts'
import { unitPage } from './unit-page.ts'
import type { Views } from './views.ts'

const may = 'manage units' as const

/** What has no way back for a unit: to be merged into another, and to be removed. Each is asked about first. */
export async function unitEndingRoutes(
  app: FastifyInstance,
  context: StaffContext<Views & ConfirmView>,
): Promise<void> {
  const { stores, page, languages } = context
  const { look, unitOf, showUnit, orSay, done } = unitPage(context)

  /** The unit that one is merged into, or what is wrong with it. */
  async function intoOf(request: FastifyRequest, unit: Unit, given: unknown): Promise<Unit | string> {
    const { into: id } = (given ?? {}) as { into?: unknown }
    if (typeof id !== 'string' || id === '' || id === unit.id) return 'staff.units.chooseOther'
    return stores.organisation.getUnitWithin(request.staff.scope, id)
  }

  app.get('/units/:unitId/merging', { config: { may } }, async (request, reply) => {
    const unit = await unitOf(request)
    const into = (await look(request)).isOpen ? await intoOf(request, unit, request.query) : 'staff.units.roundClosed'
    if (typeof into === 'string') return showUnit(request, reply, { into })
    const [t, names] = [textsOf(request, languages), { name: unit.name, into: into.name }]
    return page(request, reply, 'staff/confirm', {
      heading: t('staff.units.merging.heading', names),
      trail: { href: `/staff/units/${unit.id}`, text: unit.name },
      consequences: [
        t('staff.units.merging.groups', { ...names, count: groupsAt(await look(request), unit).length }),
        ...(await ofPeople(request, unit, (count) => t('staff.units.merging.people', { ...names, count }))),
        ...['codes', 'gone', 'final'].map((what) => t(`staff.units.merging.${what}`, names)),
      ],
      action: `/staff/units/${unit.id}/merging`,
      ...{ button: t('staff.units.merging.button', names), sent: { into: into.id } },
    })
  })

  app.post('/units/:unitId/merging', { config: { may, does: 'units.merged' } }, async (request, reply) => {
    const unit = await unitOf(request)
    const into = await intoOf(request, unit, request.body)
    if (typeof into === 'string') return showUnit(request, reply, { into })
    return orSay(request, reply, 'into', async () => {
      await stores.enrolment.mergeUnits(unit, into)
      return done(request, reply, { ...unit, name: `${unit.name} → ${into.name}` }, 'merged', `/${into.id}`)
    })
  })

  app.get('/units/:unitId/removal', { config: { may } }, async (request, reply) => {
    const unit = await unitOf(request)
    const t = textsOf(request, languages)
    return orSay(request, reply, 'removal', async () => {
      await stores.enrolment.requireUnused(unit)
      return page(request, reply, 'staff/confirm', {
        heading: t('staff.units.removing.heading', { name: unit.name }),
        trail: { href: `/staff/units/${unit.id}`, text: unit.name },
        consequences: [
          t('staff.units.removing.only'),
          ...(await ofPeople(request, unit, (count) => t('staff.units.removing.people', { name: unit.name, count }))),
          t('staff.units.removing.final'),
        ],
        ...{ action: `/staff/units/${unit.id}/removal`, button: t('staff.units.remove') },
      })
    })
  })

  app.post('/units/:unitId/removal', { config: { may, does: 'units.removed' } }, async (request, reply) => {
    const unit = await unitOf(request)
    return orSay(request, reply, 'removal', async () => {
      await stores.enrolment.deleteUnit(unit)
      return done(request, reply, unit, 'removed', '')
    })
  })

  /** What is said of how many accounts work at a unit; nothing where none does. */
  async function ofPeople({ staff }: FastifyRequest, unit: Unit, say: (count: number) => string): Promise<string[]> {
    const people = await stores.people.listPeople(staff.scope)
    const { length } = people.filter(({ endedOn, unitIds }) => !endedOn && unitIds.includes(unit.id))
    return length > 0 ? [say(length)] : []
  }
}
