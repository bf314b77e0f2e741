import { and, eq, inArray, isNull, notInArray } from 'drizzle-orm'
import { type Database, isReferred, type Transaction } from '../database/connection.ts'
import { look, type Steps, step, transaction } from '../database/transaction.ts'
import { textOfRows, whetherChanged } from '../database/whether-changed.ts'
import { DomainError } from '../errors.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { registrationOf } from './enrolment.ts'
import type { Round } from './round.ts'
import { roundGroups, roundLanguages, rounds } from './tables.ts'

/** What of a round may be changed before it collects; a day of `null` is none. */
export type RoundPlan = Pick<Round, 'opensOn' | 'closesOn' | 'targetGroups' | 'languages'> &
  Record<'registrationOpensOn' | 'registrationClosesOn', string | null>

/** All that a round is, as a text that is another once anything of it has changed. */
export async function planAsText(db: Database, id: string): Promise<string> {
  return textOfRows(await look(rowsOf(db, id)))
}

function* rowsOf(db: Database | Transaction, id: string): Steps<object[]> {
  return [
    ...(yield* step(db.select().from(rounds).where(eq(rounds.id, id)).all())),
    ...(yield* step(db.select().from(roundGroups).where(eq(roundGroups.roundId, id)).all())),
    ...(yield* step(db.select().from(roundLanguages).where(eq(roundLanguages.roundId, id)).all())),
  ]
}

/**
 * Changes the plan of a round that does not collect yet, and gives whether it is another now. Its id, year and key stay, and so does what
 * is not given.
 * @param stood `planAsText` from before the plan was judged: where it is another now nothing is kept, and the answer is `meanwhile`.
 * @throws DomainError `conflict` once it collects, or for a group taken away that a unit has registered; `not-found`.
 */
export async function changePlan(
  db: Database,
  id: string,
  plan: Partial<RoundPlan>,
  stood?: string,
): Promise<boolean | 'meanwhile'> {
  return transaction<string, boolean | 'meanwhile'>(db, function* (tx) {
    const rows = () => rowsOf(tx, id)
    if (stood !== undefined && textOfRows(yield* rows()) !== stood) return 'meanwhile'
    return yield* whetherChanged(rows, () => putPlan(tx, id, plan))
  })
}

/** A plan that was changed: what it was, and what it is. */
export interface PlanChanged {
  roundId: string
  before: Omit<RoundPlan, 'languages'>
  now: Omit<RoundPlan, 'languages'>
}

/**
 * Gives a round the plan that it had, unless it has another since, collects, or units have registered a group that would go. Gives whether
 * it was so.
 */
export async function takeBackPlan(db: Database, { roundId, before, now }: PlanChanged): Promise<boolean> {
  const { targetGroups, ...days } = now
  const isSame = Object.entries(days).map(([name, day]) => {
    const column = rounds[name as keyof typeof days]
    return day === null ? isNull(column) : eq(column, day)
  })
  try {
    return await transaction(db, function* (tx) {
      const [round] = yield* step(
        tx
          .select()
          .from(rounds)
          .where(and(isPlanned(roundId), ...isSame))
          .all(),
      )
      const groups = yield* step(tx.select().from(roundGroups).where(eq(roundGroups.roundId, roundId)).all())
      const stands = groups.map(({ targetGroup }) => targetGroup).sort()
      if (!round || stands.join() !== targetGroups.toSorted().join()) return false
      yield* putPlan(tx, roundId, before)
      return true
    })
  } catch (error) {
    if (error instanceof DomainError && error.messageKey === 'groupInUse') return false
    throw error
  }
}

const isPlanned = (id: string) => and(eq(rounds.id, id), inArray(rounds.state, ['draft', 'enrolling']))

function* putPlan(tx: Transaction, id: string, plan: Partial<RoundPlan>): Steps<void> {
  const { targetGroups, languages, opensOn, closesOn, registrationOpensOn, registrationClosesOn } = plan
  const columns = { id, opensOn, closesOn, registrationOpensOn, registrationClosesOn }
  const { changes } = yield* step(tx.update(rounds).set(columns).where(isPlanned(id)).run())
  if (changes === 0) throw new DomainError('conflict', `Round ${id} collects already, or does not exist.`)

  if (languages) yield* putLanguages(tx, id, languages)
  if (targetGroups) yield* putGroups(tx, id, targetGroups)
}

function* putLanguages(tx: Transaction, roundId: string, languages: string[]): Steps<void> {
  yield* step(tx.delete(roundLanguages).where(eq(roundLanguages.roundId, roundId)).run())
  for (const language of languages) yield* step(tx.insert(roundLanguages).values({ roundId, language }).run())
}

function* putGroups(tx: Transaction, roundId: string, targetGroups: TargetGroup[]): Steps<void> {
  for (const targetGroup of targetGroups)
    yield* step(tx.insert(roundGroups).values({ roundId, targetGroup }).onConflictDoNothing().run())
  const dropped = and(eq(roundGroups.roundId, roundId), notInArray(roundGroups.targetGroup, targetGroups))
  try {
    yield* step(tx.delete(roundGroups).where(dropped).run())
  } catch (cause) {
    if (!isReferred(cause)) throw cause
    throw new DomainError('conflict', `A unit has registered a group that would go from round ${roundId}.`, {
      messageKey: 'groupInUse',
      cause,
    })
  }
}

/**
 * Opens the registration of a draft, and gives whether it is open on an ISO day or will be.
 * @throws DomainError `conflict` when it is no draft, and, with the message `registrationPast`, when its last day for that has passed;
 * `not-found`.
 */
export async function openRegistration(db: Database, id: string, today: string): Promise<'open' | 'not-yet'> {
  return transaction(db, function* (tx) {
    const [round] = yield* step(tx.select().from(rounds).where(eq(rounds.id, id)).all())
    if (!round) throw new DomainError('not-found', `There is no round ${id}.`)
    if (round.state !== 'draft') throw new DomainError('conflict', `Round ${id} is ${round.state}, not draft.`)
    const { registrationOpensOn, registrationClosesOn } = round
    const days = {
      registrationOpensOn: registrationOpensOn ?? undefined,
      registrationClosesOn: registrationClosesOn ?? undefined,
    }
    const registration = registrationOf({ ...days, state: 'enrolling' }, today)
    if (registration === 'over')
      throw new DomainError('conflict', `Registration for round ${id} would be over.`, {
        messageKey: 'registrationPast',
      })
    yield* step(tx.update(rounds).set({ state: 'enrolling' }).where(eq(rounds.id, id)).run())
    return registration
  })
}

/**
 * Begins or ends a break in a collecting round, and gives whether it had not begun or ended before.
 * @throws DomainError `conflict` when it does not collect.
 */
export async function setPaused(db: Database, id: string, isPaused: boolean): Promise<boolean> {
  return transaction(db, (tx) =>
    whetherChanged(
      () => step(tx.select().from(rounds).where(isCollecting(id)).all()),
      () => changeCollecting(tx, id, { isPaused }),
    ),
  )
}

/** A last day that was moved: which it was, and which it is. */
export interface LastDayMoved {
  roundId: string
  before: string
  now: string
}

/**
 * Moves the last day of a collecting round, and gives what it was, where it was another. The day informs people; the round ends when
 * somebody closes it.
 * @throws DomainError `conflict` when it does not collect.
 */
export async function moveLastDay(db: Database, id: string, closesOn: string): Promise<LastDayMoved | undefined> {
  return transaction(db, function* (tx) {
    const [round] = yield* step(tx.select().from(rounds).where(isCollecting(id)).all())
    yield* changeCollecting(tx, id, { closesOn })
    return round && round.closesOn !== closesOn ? { roundId: id, before: round.closesOn, now: closesOn } : undefined
  })
}

/** Gives a round the last day that it had, unless it has another since or does not collect any more. Gives whether it was so. */
export async function takeBackLastDay(db: Database, { roundId, before, now }: LastDayMoved): Promise<boolean> {
  const standsStill = and(isCollecting(roundId), eq(rounds.closesOn, now))
  return transaction(db, function* (tx) {
    const { changes } = yield* step(tx.update(rounds).set({ closesOn: before }).where(standsStill).run())
    return changes === 1
  })
}

const isCollecting = (id: string) => and(eq(rounds.id, id), eq(rounds.state, 'collecting'))

function* changeCollecting(
  tx: Transaction,
  id: string,
  columns: { isPaused: boolean } | { closesOn: string },
): Steps<void> {
  const { changes } = yield* step(tx.update(rounds).set(columns).where(isCollecting(id)).run())
  if (changes === 0) throw new DomainError('conflict', `Round ${id} is not collecting.`)
}
