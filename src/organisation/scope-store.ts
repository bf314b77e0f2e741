import { and, eq, inArray, type SQL } from 'drizzle-orm'
import type { Scope } from './scope.ts'
import { units } from './tables.ts'

/** The condition on `units` that a scope puts on every query of staff; `undefined` for the whole nation. */
export function within({ municipalityCode, unitIds }: Scope): SQL | undefined {
  return and(
    municipalityCode === undefined ? undefined : eq(units.municipalityCode, municipalityCode),
    unitIds === undefined ? undefined : inArray(units.id, unitIds),
  )
}
