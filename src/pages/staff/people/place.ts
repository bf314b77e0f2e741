import type { FastifyRequest } from 'fastify'
import * as z from 'zod'
import { DomainError } from '../../../errors.ts'
import { worksAtUnits } from '../../../people/person.ts'
import { type Role, roles, rolesInvitedBy } from '../../../people/roles.ts'
import type { SignedIn } from '../../../people/session.ts'
import type { Stores } from '../../../stores.ts'
import { several } from '../../../web/form.ts'

const problem = 'staff.web.problem.choose'

/** The fields that say with what, and where, somebody will work. */
export const placeForm = {
  role: z.enum(roles, problem),
  units: several(z.string().max(40)),
  municipality: z.string().max(4).optional(),
}

/** What those fields can be filled with by somebody. */
export const placesFor = async (stores: Stores, { role, scope }: SignedIn) => ({
  roles: rolesInvitedBy(role),
  units: scope.municipalityCode === undefined ? [] : await stores.organisation.listUnits(scope),
  municipalities: scope.municipalityCode === undefined ? await stores.organisation.listMunicipalities() : [],
})

/**
 * Where the fields say that somebody will work, or what is wrong with them.
 * @throws DomainError `invalid` for a role that they may not give.
 */
export function placeOf(
  request: FastifyRequest,
  { role, units, municipality }: { role: Role; units: string[]; municipality?: string },
  { municipalities }: Pick<Awaited<ReturnType<typeof placesFor>>, 'municipalities'>,
): { role: Role; municipalityCode?: string; unitIds: string[] } | { problems: Record<string, string> } {
  refuseRole(request, role)
  if (role === 'national') return { role, unitIds: [] }
  const { scope } = request.staff
  const municipalityCode = scope.municipalityCode ?? municipality
  const isPlace =
    municipalityCode === scope.municipalityCode || municipalities.some(({ code }) => code === municipalityCode)
  if (!(municipalityCode && isPlace)) return { problems: { municipality: problem } }
  const atUnits = worksAtUnits(role)
  if (atUnits && units.length === 0) return { problems: { units: problem } }
  return { role, municipalityCode, unitIds: atUnits ? units : [] }
}

export function refuseRole({ staff }: FastifyRequest, role: Role): void {
  if (!rolesInvitedBy(staff.role).includes(role))
    throw new DomainError('invalid', `${staff.role} cannot make a ${role}.`)
}
