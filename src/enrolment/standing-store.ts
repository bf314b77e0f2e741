import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step } from '../database/transaction.ts'
import { textOfRows } from '../database/whether-changed.ts'
import { strata } from '../organisation/tables.ts'
import { hasActivity, removeIfUnused, removingStrata } from '../organisation/unused-strata-store.ts'
import { requireGroupsOpen } from './open-store.ts'
import type { EnrolmentPlace } from './place.ts'
import { type At, type AtOn, placesOf, putPlace, strataOf } from './places-store.ts'
import { enrolmentPlaces } from './tables.ts'

/** The places that are registered, and the strata that there are. */
export interface Registered {
  places: EnrolmentPlace[]
  strata: { id: string; unitId: string; targetGroup: EnrolmentPlace['targetGroup'] }[]
}

/** Groups of a unit that were changed: what there was before, and all that stood afterwards, as a text. */
export interface Grouped {
  unitId: string
  before: Registered
  stands: string
}

/** What stands at a municipality, or at one of its units. */
export function* standingAt(tx: Transaction, at: At, unitId?: string): Steps<Registered> {
  const isIts = (row: { unitId: string }) => unitId === undefined || row.unitId === unitId
  const places = (yield* placesOf(tx, at)).filter(isIts)
  return { places, strata: (yield* strataOf(tx, at)).filter(isIts) }
}

/** What stands, as a text that is another once anything of it has changed. */
export const textOf = ({ places, strata }: Registered) => textOfRows([...places, ...strata])

/** Puts what stood before in place of what stands now. Gives false, and changes nothing, where something has happened at a stratum that would go. */
export function* putBack(tx: Transaction, roundId: string, before: Registered, now: Registered): Steps<boolean> {
  const made = now.strata.filter(({ id }) => !before.strata.some((own) => own.id === id))
  for (const { id } of made) if (yield* hasActivity(tx, id)) return false
  for (const { id } of made) yield* removeIfUnused(tx, id)
  for (const own of before.strata)
    yield* step(
      tx
        .insert(strata)
        .values({ ...own, roundId })
        .onConflictDoNothing()
        .run(),
    )
  for (const { unitId, targetGroup } of now.places)
    yield* step(
      tx
        .delete(enrolmentPlaces)
        .where(
          and(
            eq(enrolmentPlaces.roundId, roundId),
            eq(enrolmentPlaces.unitId, unitId),
            eq(enrolmentPlaces.targetGroup, targetGroup),
          ),
        )
        .run(),
    )
  for (const place of before.places) yield* putPlace(tx, roundId, place)
  return true
}

/**
 * Gives units the groups that they had before they were changed, and gives the units: not where a group, or a number that is expected of
 * one, is another since, or something has happened with a group that came.
 * @throws DomainError `conflict` when groups cannot change any more.
 */
export async function takeBackGroups(db: Database, at: AtOn, grouped: Grouped[]): Promise<string[]> {
  return removingStrata(db, function* (tx) {
    yield* requireGroupsOpen(tx, at, at.today)
    const back: string[] = []
    for (const { unitId, before, stands } of grouped) {
      const now = yield* standingAt(tx, at, unitId)
      if (textOf(now) === stands && (yield* putBack(tx, at.roundId, before, now))) back.push(unitId)
    }
    return back
  })
}
