import type { Database } from '../database/connection.ts'
import type { Scope } from '../organisation/scope.ts'
import { type Overview, overviewOfMunicipality, overviewOfUnits } from './overview.ts'
import { listChannelRecords, listPlaces, listTold } from './store.ts'

/** How it goes in a scope: of a municipality's units what is told of their strata, of all of them also what is told of the whole. */
export async function readOverview(db: Database, roundId: string, scope: Scope): Promise<Overview> {
  const strata = await listPlaces(db, roundId, scope)
  const records = await listChannelRecords(db, roundId, scope)
  const told = await listTold(db, roundId, scope)
  return (scope.unitIds ? overviewOfUnits : overviewOfMunicipality)(strata, records, told)
}
