import type { Database } from '../database/connection.ts'
import type { ToldNumbers } from '../disclosure/told-numbers.ts'
import type { Scope } from '../organisation/scope.ts'
import type { Place } from './cells.ts'
import type { ChannelRecord } from './ledger.ts'
import { type Overview, overviewOfMunicipality, overviewOfUnits } from './overview.ts'
import { listChannelRecords, listPlaces, listTold, type RoundPart } from './store.ts'

/** What is known of a round, or of a part of it: its strata, what staff count in them, and what is told of the answers. */
export interface Ledger {
  strata: Place[]
  records: ChannelRecord[]
  told: ToldNumbers
}

/** What is known of a round, or of a part of it. */
export async function readLedger(db: Database, roundId: string, part: RoundPart = {}): Promise<Ledger> {
  return {
    strata: await listPlaces(db, roundId, part),
    records: await listChannelRecords(db, roundId, part),
    told: await listTold(db, roundId, part),
  }
}

/** How it goes in a scope: of a municipality's units what is told of their strata, of all of them also what is told of the whole. */
export async function readOverview(db: Database, roundId: string, scope: Scope): Promise<Overview> {
  const { strata, records, told } = await readLedger(db, roundId, scope)
  return (scope.unitIds ? overviewOfUnits : overviewOfMunicipality)(strata, records, told)
}
