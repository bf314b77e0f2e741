import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../../errors.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import { seenText, type UpToDate } from '../../../web/meanwhile.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { groupsAt, lookAtUnits } from './looking.ts'
import type { Views } from './views.ts'

/** What a form of a unit says when it is refused, by the refusal's name. */
const refusals = ['groupInUse', 'mergeInUse', 'unitInUse', 'roundClosed']

/** The page of a unit, to which each of its forms leads back. */
export function unitPage({ stores, clock, page }: StaffContext<Views>) {
  const look = ({ staff }: FastifyRequest) => lookAtUnits(stores, staff.scope, swedishDay(clock()))

  const unitOf = ({ params, staff }: FastifyRequest) =>
    stores.organisation.getUnitWithin(staff.scope, (params as { unitId: string }).unitId)

  async function showUnit(
    request: FastifyRequest,
    reply: FastifyReply,
    problems: Record<string, string> = {},
    { valuesOf }: Partial<UpToDate> = {},
  ) {
    const unit = await unitOf(request)
    const seen = await look(request)
    const own = groupsAt(seen, unit)
    const start = { seenGroups: seenText({ groups: own }), seenName: seenText({ name: unit.name }), valuesOf }
    const { round, groups, isOpen, hasGroupsOpen, units } = seen
    const others = units.filter(({ id }) => id !== unit.id)
    const data = { round, groups, isOpen, hasGroupsOpen, ...start, unit, own, others }
    const isRefused = Object.keys(problems).length > 0
    const typed = isRefused ? (request.body ?? {}) : {}
    return page(request, reply, 'staff/units/unit', { ...data, problems, typed }, isRefused ? 400 : 200)
  }

  /** Does it, or says on the unit's page why not. */
  async function orSay(request: FastifyRequest, reply: FastifyReply, field: string, work: () => Promise<FastifyReply>) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof DomainError) || !refusals.includes(error.messageKey)) throw error
      return showUnit(request, reply, { [field]: `staff.units.${error.messageKey}` })
    }
  }

  function done(
    request: FastifyRequest,
    reply: FastifyReply,
    { name, municipalityCode, isDone }: { name: string; municipalityCode: string; isDone?: boolean },
    deed: string,
    address: string,
  ) {
    request.done = { subject: name, municipalityCode, isDone }
    return seeOther(reply, `/staff/units${address}?done=units.${deed}`)
  }

  return { look, unitOf, showUnit, orSay, done }
}
