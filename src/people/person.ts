import type { Scope } from '../organisation/scope.ts'
import type { Role } from './roles.ts'

/** Somebody with an account. */
export interface Person {
  id: string
  email: string
  name: string
  role: Role
  municipalityCode?: string
  unitIds: string[]
  language: string
  /** Whether the invitation was used, and whether there is a second factor. */
  hasPassword: boolean
  hasSecondFactor: boolean
  endedOn?: string
}

/** Roles that work at units; the others see all of their municipality. */
const atUnits = new Set<Role>(['caseworker', 'host'])

export const worksAtUnits = (role: Role) => atUnits.has(role)

/** Where somebody works. The one place in which a scope is made. */
export function scopeOf({
  role,
  municipalityCode,
  unitIds,
}: Pick<Person, 'role' | 'municipalityCode' | 'unitIds'>): Scope {
  if (role === 'national') return {}
  return worksAtUnits(role) ? { municipalityCode, unitIds } : { municipalityCode }
}
