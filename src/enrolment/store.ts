import { and, eq, inArray } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { look, type Steps, step, transaction } from '../database/transaction.ts'
import { textOfRows, whetherChanged } from '../database/whether-changed.ts'
import { DomainError } from '../errors.ts'
import { municipalities, units } from '../organisation/tables.ts'
import { removeIfUnused, removingStrata, wasOfferedAt } from '../organisation/unused-strata-store.ts'
import type { EnrolmentState } from '../round/enrolment.ts'
import type { Contact, EnrolmentForm } from './enrolment-form.ts'
import { type IsOpen, partOf, requireOpen } from './open-store.ts'
import type { EnrolmentPlace } from './place.ts'
import { type At, addUnits, followPlaces, isAt, placesOf, putPlace, strataOf } from './places-store.ts'
import { enrolmentPlaces, enrolments } from './tables.ts'

export interface Enrolment extends Contact {
  state: EnrolmentState
  submittedOn?: string
  approvedOn?: string
  remindedOn?: string
}

/** A municipality's registration; `undefined` when it has neither answered nor been reminded. */
export async function findEnrolment(db: Database, at: At): Promise<Enrolment | undefined> {
  const row = await db.select().from(enrolments).where(isAt(at)).get()
  return row && enrolmentOf(row)
}

/** A row as the rest of the service knows it. */
export function enrolmentOf({
  submittedOn,
  approvedOn,
  remindedOn,
  ...row
}: typeof enrolments.$inferSelect): Enrolment {
  return {
    ...row,
    submittedOn: submittedOn ?? undefined,
    approvedOn: approvedOn ?? undefined,
    remindedOn: remindedOn ?? undefined,
  }
}

/** The municipality of a code. @throws DomainError `not-found`. */
export async function getMunicipality(db: Database, code: string): Promise<{ code: string; name: string }> {
  const { code: its, name } = municipalities
  const municipality = await db.select({ code: its, name }).from(municipalities).where(eq(its, code)).get()
  if (!municipality) throw new DomainError('not-found', `There is no municipality ${code}.`)
  return municipality
}

/** All that a municipality's part in a round is, as a text that is another once anything of it has changed. */
export async function whatStands(db: Database, at: At): Promise<string> {
  return textOfRows(await look(rowsAt(db, at)))
}

/** The rows that a municipality's part in a round is made of. */
export function* rowsAt(db: Database | Transaction, at: At): Steps<object[]> {
  const own = yield* step(db.select().from(enrolments).where(isAt(at)).all())
  return [...own, ...(yield* placesOf(db, at)), ...(yield* strataOf(db, at))]
}

/**
 * Keeps a registration in place of the one before, with the units that came with it, and gives whether it is another. When it is `approved` the strata follow it.
 * @param stood `whatStands` from before the form was judged: where it is another now nothing is kept, and the answer is `meanwhile`.
 * @throws DomainError `conflict` when it is not open any more, or one of the new units has the name of another.
 */
export async function saveEnrolment(
  db: Database,
  at: At,
  form: EnrolmentForm,
  { state, today, stood, isOpen }: { state: 'submitted' | 'approved'; today: string; stood: string; isOpen: IsOpen },
): Promise<boolean | 'meanwhile'> {
  const { places, newUnits, ...contact } = form
  return removingStrata<boolean | 'meanwhile'>(db, function* (tx) {
    yield* requireOpen(tx, at.roundId, isOpen)
    const rows = () => rowsAt(tx, at)
    if (textOfRows(yield* rows()) !== stood) return 'meanwhile'
    return yield* whetherChanged(rows, function* () {
      const made = yield* addUnits(tx, at.municipalityCode, newUnits)
      yield* replacePlaces(tx, at, [...places, ...made])
      const approvedOn = state === 'approved' ? today : null
      yield* putEnrolment(tx, at, { ...contact, state, submittedOn: today, approvedOn })
      if (state === 'approved') yield* followPlaces(tx, at)
    })
  })
}

function* replacePlaces(tx: Transaction, at: At, places: EnrolmentPlace[]): Steps<void> {
  const ofMunicipality = tx.select({ id: units.id }).from(units).where(eq(units.municipalityCode, at.municipalityCode))
  yield* step(
    tx
      .delete(enrolmentPlaces)
      .where(and(eq(enrolmentPlaces.roundId, at.roundId), inArray(enrolmentPlaces.unitId, ofMunicipality)))
      .run(),
  )
  for (const place of places) yield* putPlace(tx, at.roundId, place)
}

function* putEnrolment(
  tx: Transaction,
  at: At,
  columns: Partial<typeof enrolments.$inferInsert> & { state: EnrolmentState },
) {
  yield* step(
    tx
      .insert(enrolments)
      .values({ ...at, ...columns })
      .onConflictDoUpdate({ target: [enrolments.roundId, enrolments.municipalityCode], set: columns })
      .run(),
  )
}

/**
 * Records that a municipality takes no part, and gives whether it had not said so before. What it wrote is kept, in case it changes its mind; its strata go.
 * @throws DomainError `conflict` when it is not open any more, and once anything was offered or answered there.
 */
export async function abstain(db: Database, at: At, today: string, isOpen: IsOpen): Promise<boolean> {
  return removingStrata(db, function* (tx) {
    yield* requireOpen(tx, at.roundId, isOpen)
    const rows = () => rowsAt(tx, at)
    return yield* whetherChanged(rows, function* () {
      for (const { id } of yield* strataOf(tx, at)) {
        if (!(yield* removeIfUnused(tx, id)))
          throw new DomainError('conflict', 'The fieldwork has begun there.', { messageKey: 'fieldworkBegun' })
      }
      yield* putEnrolment(tx, at, { state: 'abstains', submittedOn: today, approvedOn: null })
    })
  })
}

/** Asked before a withdrawal is offered, so without a look at answers: whether staff have done something there, which `abstain` refuses. */
export async function isBegunAt(db: Database, at: At): Promise<boolean> {
  return transaction(db, function* (tx) {
    for (const { id } of yield* strataOf(tx, at)) if (yield* wasOfferedAt(tx, id)) return true
    return false
  })
}

/** A municipality's part in a round, see {@link partOf}. */
export async function findPart(db: Database, at: At) {
  return look(partOf(db, at))
}
