import type { FastifyRequest } from 'fastify'
import { type Person, worksAtUnits } from '../../../people/person.ts'
import { may } from '../../../people/roles.ts'
import type { StaffContext } from '../context.ts'
import { textsOf } from '../staff-page.ts'

/** What the end of somebody's account does, a sentence each, with how many others there are for the same work. */
export async function endingOf(
  request: FastifyRequest,
  { stores, languages }: Pick<StaffContext, 'stores' | 'languages'>,
  { id, name, role, municipalityCode, unitIds }: Person,
): Promise<string[]> {
  const t = textsOf(request, languages)
  const say = (what: string, count?: number) =>
    t(`staff.people.asked.${what}`, { name, ...(count !== undefined && { count }) })
  const beside = await stores.people.listPeople({ municipalityCode })
  const others = beside.filter((one) => one.id !== id && one.hasPassword)
  const alone = unitIds.filter((unitId) => !others.some((one) => one.unitIds.includes(unitId)))
  const isInCharge = role === 'coordinator' || role === 'national'
  return [
    say('out'),
    ...(worksAtUnits(role) ? [`${say('units', unitIds.length)} ${say('alone', alone.length)}`] : []),
    ...(isInCharge ? [say(`left.${role}`, others.filter((one) => one.role === role).length)] : []),
    say('trail'),
    ...(may(role, 'draw codes') ? [say('codes')] : []),
    say('final'),
  ]
}
