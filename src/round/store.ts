import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import type { Round, RoundState } from './round.ts'
import { roundGroups, roundLanguages, rounds } from './tables.ts'
import { workingRound } from './working-round.ts'

/** `lastDayOf` in a question to the database. */
export const lastDayIn = (today: string) =>
  sql<string>`case when ${rounds.closedOn} between ${rounds.opensOn} and ${today} then ${rounds.closedOn} else ${rounds.closesOn} end`

export type NewRound = Omit<Round, 'state' | 'isPaused' | 'isPractice' | 'languages' | 'closedOn'> &
  Partial<Pick<Round, 'isPractice' | 'languages'>>

/** Records a new round in state draft. @throws DomainError `conflict` when there is one with that id. */
export async function createRound(db: Database, round: NewRound): Promise<void> {
  const { targetGroups, languages = [], ...columns } = round
  await transaction(db, function* (tx) {
    const { changes } = yield* step(
      tx
        .insert(rounds)
        .values({ ...columns, state: 'draft' })
        .onConflictDoNothing()
        .run(),
    )
    if (changes === 0) throw new DomainError('conflict', `There is already a round ${round.id}.`)
    yield* step(
      tx
        .insert(roundGroups)
        .values(targetGroups.map((targetGroup) => ({ roundId: round.id, targetGroup })))
        .run(),
    )
    if (languages.length > 0)
      yield* step(
        tx
          .insert(roundLanguages)
          .values(languages.map((language) => ({ roundId: round.id, language })))
          .run(),
      )
  })
}

/** All rounds, newest year first. */
export async function listRounds(db: Database): Promise<Round[]> {
  const groups = await db.select().from(roundGroups).orderBy(asc(roundGroups.targetGroup)).all()
  const languages = await db.select().from(roundLanguages).orderBy(asc(roundLanguages.language)).all()
  return (await db.select().from(rounds).orderBy(desc(rounds.year), desc(rounds.id)).all()).map(
    ({ closedOn, lateUntil, registrationOpensOn, registrationClosesOn, ...round }) => ({
      ...round,
      closedOn: closedOn ?? undefined,
      lateUntil: lateUntil ?? undefined,
      registrationOpensOn: registrationOpensOn ?? undefined,
      registrationClosesOn: registrationClosesOn ?? undefined,
      targetGroups: groups.filter(({ roundId }) => roundId === round.id).map(({ targetGroup }) => targetGroup),
      languages: languages.filter(({ roundId }) => roundId === round.id).map(({ language }) => language),
    }),
  )
}

/** The round that staff work with, see {@link workingRound}. */
export async function findWorkingRound(db: Database): Promise<Round | undefined> {
  return workingRound(await listRounds(db))
}

/** The rounds that are paused: nothing is sent for them until they go on. */
export async function listPausedRounds(db: Database): Promise<string[]> {
  const rows = await db
    .select({ id: rounds.id })
    .from(rounds)
    .where(and(eq(rounds.state, 'collecting'), eq(rounds.isPaused, true)))
    .all()
  return rows.map(({ id }) => id)
}

/** One round. @throws DomainError `not-found`. */
export async function getRound(db: Database, id: string): Promise<Round> {
  const round = (await listRounds(db)).find((candidate) => candidate.id === id)
  if (!round) throw notFound(id)
  return round
}

const notFound = (id: string) => new DomainError('not-found', `There is no round ${id}.`)

/**
 * Moves a round from one of the given states to the next, in one step.
 * @throws DomainError `conflict` when it is in another state, `not-found` when there is no such round.
 */
export const moveRound = (db: Database, id: string, from: RoundState[], to: RoundState): Promise<void> =>
  transaction(db, (tx) => moved(tx, id, from, to))

/** The same, as steps of a transaction that does more. */
export function* moved(tx: Transaction, id: string, from: RoundState[], to: RoundState): Steps<void> {
  const { changes } = yield* step(
    tx
      .update(rounds)
      .set({ state: to })
      .where(and(eq(rounds.id, id), inArray(rounds.state, from)))
      .run(),
  )
  if (changes === 1) return

  const round = yield* step(tx.select({ state: rounds.state }).from(rounds).where(eq(rounds.id, id)).get())
  if (!round) throw notFound(id)
  throw new DomainError('conflict', `Round ${id} is ${round.state}, not ${from.join(' or ')}.`)
}

interface Ending {
  /** The day on which it is ended, where it has not been ended before: answers are kept for some time from then. */
  closedOn?: string
  /** What else is done in the same transaction. */
  putAside?: (tx: Transaction) => Steps<void>
}

/**
 * Ends the collection. What lies in tablets is taken until `lateUntil`; with null nothing more is, which must be so before the
 * urn is opened: two counts that differ by a late ballot would tell that ballot.
 * @throws DomainError `conflict` when the round is neither collecting nor closed.
 */
export async function endCollection(
  db: Database,
  id: string,
  lateUntil: Date | null,
  { closedOn: day, putAside = function* () {} }: Ending = {},
): Promise<void> {
  const closedOn = sql`case when ${rounds.state} = 'collecting' then ${day ?? null} else ${rounds.closedOn} end`
  const isEnded = await transaction(db, function* (tx) {
    const { changes } = yield* step(
      tx
        .update(rounds)
        .set({ state: 'closed', closedOn, lateUntil: lateUntil?.toISOString() ?? null })
        .where(and(eq(rounds.id, id), inArray(rounds.state, ['collecting', 'closed'])))
        .run(),
    )
    if (changes === 1) yield* putAside(tx)
    return changes === 1
  })
  if (isEnded) return

  const { state } = await getRound(db, id)
  throw new DomainError('conflict', `Round ${id} is ${state}, not collecting.`)
}
