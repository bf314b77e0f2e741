import { and, asc, desc, eq, inArray, notInArray } from 'drizzle-orm'
import { type Database, isReferred, type Transaction } from '../database/connection.ts'
import { whetherChanged } from '../database/whether-changed.ts'
import { DomainError } from '../errors.ts'
import type { Round, RoundState } from './round.ts'
import { roundGroups, roundLanguages, rounds } from './tables.ts'

export type NewRound = Omit<Round, 'state' | 'isPaused' | 'languages'> & Partial<Pick<Round, 'languages'>>

/** Records a new round in state draft. @throws DomainError `conflict` when there is one with that id. */
export async function createRound(db: Database, round: NewRound): Promise<void> {
  const { targetGroups, languages = [], ...columns } = round
  db.transaction((tx) => {
    const { changes } = tx
      .insert(rounds)
      .values({ ...columns, state: 'draft' })
      .onConflictDoNothing()
      .run()
    if (changes === 0) throw new DomainError('conflict', `There is already a round ${round.id}.`)
    tx.insert(roundGroups)
      .values(targetGroups.map((targetGroup) => ({ roundId: round.id, targetGroup })))
      .run()
    if (languages.length > 0)
      tx.insert(roundLanguages)
        .values(languages.map((language) => ({ roundId: round.id, language })))
        .run()
  })
}

/** All rounds, newest year first. */
export async function listRounds(db: Database): Promise<Round[]> {
  const groups = db.select().from(roundGroups).orderBy(asc(roundGroups.targetGroup)).all()
  const languages = db.select().from(roundLanguages).orderBy(asc(roundLanguages.language)).all()
  return db
    .select()
    .from(rounds)
    .orderBy(desc(rounds.year), desc(rounds.id))
    .all()
    .map(({ lateUntil, registrationOpensOn, registrationClosesOn, ...round }) => ({
      ...round,
      lateUntil: lateUntil ?? undefined,
      registrationOpensOn: registrationOpensOn ?? undefined,
      registrationClosesOn: registrationClosesOn ?? undefined,
      targetGroups: groups.filter(({ roundId }) => roundId === round.id).map(({ targetGroup }) => targetGroup),
      languages: languages.filter(({ roundId }) => roundId === round.id).map(({ language }) => language),
    }))
}

/**
 * The round that staff work with: the one that collects, else the one municipalities register for, else the newest.
 * `undefined` when there is none.
 */
export async function findWorkingRound(db: Database): Promise<Round | undefined> {
  const all = await listRounds(db)
  const inState = (state: RoundState) => all.find((round) => round.state === state)
  return inState('collecting') ?? inState('enrolling') ?? all[0]
}

/** The rounds that are paused: nothing is sent for them until they go on. */
export async function listPausedRounds(db: Database): Promise<string[]> {
  const rows = db
    .select({ id: rounds.id })
    .from(rounds)
    .where(and(eq(rounds.state, 'collecting'), eq(rounds.isPaused, true)))
    .all()
  return rows.map(({ id }) => id)
}

/** One round. @throws DomainError `not-found`. */
export async function getRound(db: Database, id: string): Promise<Round> {
  const round = (await listRounds(db)).find((candidate) => candidate.id === id)
  if (!round) throw new DomainError('not-found', `There is no round ${id}.`)
  return round
}

/**
 * Moves a round from one of the given states to the next, in one step.
 * @throws DomainError `conflict` when it is in another state, `not-found` when there is no such round.
 */
export async function moveRound(db: Database, id: string, from: RoundState[], to: RoundState): Promise<void> {
  const { changes } = db
    .update(rounds)
    .set({ state: to })
    .where(and(eq(rounds.id, id), inArray(rounds.state, from)))
    .run()
  if (changes === 1) return

  const { state } = await getRound(db, id)
  throw new DomainError('conflict', `Round ${id} is ${state}, not ${from.join(' or ')}.`)
}

/**
 * Ends the collection. What lies in tablets is taken until `lateUntil`; with null nothing more is, which must be so before the
 * urn is opened: two counts that differ by a late ballot would tell that ballot.
 * @param putAside what else is done in the same transaction
 * @throws DomainError `conflict` when the round is neither collecting nor closed.
 */
export async function endCollection(
  db: Database,
  id: string,
  lateUntil: Date | null,
  putAside: () => void = () => {},
): Promise<void> {
  const end = db.$client.transaction(() => {
    const { changes } = db
      .update(rounds)
      .set({ state: 'closed', lateUntil: lateUntil?.toISOString() ?? null })
      .where(and(eq(rounds.id, id), inArray(rounds.state, ['collecting', 'closed'])))
      .run()
    if (changes === 1) putAside()
    return changes === 1
  })
  if (end.immediate()) return

  const { state } = await getRound(db, id)
  throw new DomainError('conflict', `Round ${id} is ${state}, not collecting.`)
}

/** What of a round may be changed before it collects. */
export type RoundPlan = Pick<
  Round,
  'opensOn' | 'closesOn' | 'registrationOpensOn' | 'registrationClosesOn' | 'targetGroups' | 'languages'
>

/**
 * Changes the plan of a round that does not collect yet, and gives whether it is another now. Its id, year and key stay.
 * @throws DomainError `conflict` once it collects, or for a group taken away that a unit has registered; `not-found`.
 */
export async function changePlan(db: Database, id: string, plan: RoundPlan): Promise<boolean> {
  const { targetGroups, languages, registrationOpensOn = null, registrationClosesOn = null, ...days } = plan
  const change = (tx: Transaction) => {
    const { changes } = tx
      .update(rounds)
      .set({ ...days, registrationOpensOn, registrationClosesOn })
      .where(and(eq(rounds.id, id), inArray(rounds.state, ['draft', 'enrolling'])))
      .run()
    if (changes === 0) throw new DomainError('conflict', `Round ${id} collects already, or does not exist.`)

    tx.delete(roundLanguages).where(eq(roundLanguages.roundId, id)).run()
    for (const language of languages) tx.insert(roundLanguages).values({ roundId: id, language }).run()
    for (const targetGroup of targetGroups)
      tx.insert(roundGroups).values({ roundId: id, targetGroup }).onConflictDoNothing().run()
    const dropped = and(eq(roundGroups.roundId, id), notInArray(roundGroups.targetGroup, targetGroups))
    try {
      tx.delete(roundGroups).where(dropped).run()
    } catch (cause) {
      if (!isReferred(cause)) throw cause
      throw new DomainError('conflict', `A unit has registered a group that would go from round ${id}.`, {
        messageKey: 'groupInUse',
        cause,
      })
    }
  }
  return db.transaction((tx) =>
    whetherChanged(
      () => [
        ...tx.select().from(rounds).where(eq(rounds.id, id)).all(),
        ...tx.select().from(roundGroups).where(eq(roundGroups.roundId, id)).all(),
        ...tx.select().from(roundLanguages).where(eq(roundLanguages.roundId, id)).all(),
      ],
      () => change(tx),
    ),
  )
}

/**
 * Begins or ends a break in a collecting round, and gives whether it had not begun or ended before.
 * @throws DomainError `conflict` when it does not collect.
 */
export async function setPaused(db: Database, id: string, isPaused: boolean): Promise<boolean> {
  return changeCollecting(db, id, { isPaused })
}

/**
 * Moves the last day of a collecting round, and gives whether it was another. The day informs people; the round ends when somebody closes it.
 * @throws DomainError `conflict` when it does not collect.
 */
export async function moveLastDay(db: Database, id: string, closesOn: string): Promise<boolean> {
  return changeCollecting(db, id, { closesOn })
}

function changeCollecting(db: Database, id: string, columns: { isPaused: boolean } | { closesOn: string }): boolean {
  const isCollecting = and(eq(rounds.id, id), eq(rounds.state, 'collecting'))
  return db.transaction((tx) =>
    whetherChanged(
      () => tx.select().from(rounds).where(isCollecting).all(),
      () => {
        if (tx.update(rounds).set(columns).where(isCollecting).run().changes === 0)
          throw new DomainError('conflict', `Round ${id} is not collecting.`)
      },
    ),
  )
}
