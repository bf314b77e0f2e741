/**
 * Where a member of staff works: nowhere named is the whole nation, a municipality, or some units of it. It comes from the
 * session and from nowhere else.
 */
export interface Scope {
  municipalityCode?: string
  unitIds?: string[]
}

/** Whether a place lies within a scope. A municipality without a unit is within only where all its units are. */
export function isWithin(scope: Scope, place: { municipalityCode: string; unitId?: string }): boolean {
  if (scope.municipalityCode !== undefined && scope.municipalityCode !== place.municipalityCode) return false
  return scope.unitIds === undefined || (place.unitId !== undefined && scope.unitIds.includes(place.unitId))
}
