import { and, asc, desc, eq, inArray, notInArray, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { enrolmentPlaces, enrolments, roundGroups, roundLanguages, rounds, strata } from '../database/schema.ts'
import { DomainError } from '../errors.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import type { Round, RoundState } from './round.ts'

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
 * Changes the plan of a round that does not collect yet. Its id, year and key stay.
 * @throws DomainError `conflict` once it collects, or for a group taken away that a unit has registered; `not-found`.
 */
export async function changePlan(db: Database, id: string, plan: RoundPlan): Promise<void> {
  const { targetGroups, languages, registrationOpensOn = null, registrationClosesOn = null, ...days } = plan
  db.transaction((tx) => {
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
    for (const { targetGroup } of tx.select().from(roundGroups).where(dropped).all())
      if (isUsed(tx, id, targetGroup))
        throw new DomainError('conflict', `A unit has registered ${targetGroup} for round ${id}.`, {
          messageKey: 'groupInUse',
        })
    tx.delete(roundGroups).where(dropped).run()
  })
}

function isUsed(db: Pick<Database, 'select'>, roundId: string, targetGroup: TargetGroup): boolean {
  return [strata, enrolmentPlaces].some((table) => {
    const used = and(eq(table.roundId, roundId), eq(table.targetGroup, targetGroup))
    return db.select({ unitId: table.unitId }).from(table).where(used).limit(1).get() !== undefined
  })
}

/** Begins or ends a break in a collecting round. Saying it twice changes nothing. @throws DomainError `conflict` when it does not collect. */
export async function setPaused(db: Database, id: string, isPaused: boolean): Promise<void> {
  changeCollecting(db, id, { isPaused })
}

/** Moves the last day of a collecting round. The day informs people; the round ends when somebody closes it. @throws DomainError `conflict` when it does not collect. */
export async function moveLastDay(db: Database, id: string, closesOn: string): Promise<void> {
  changeCollecting(db, id, { closesOn })
}

function changeCollecting(db: Database, id: string, columns: { isPaused: boolean } | { closesOn: string }): void {
  const isCollecting = and(eq(rounds.id, id), eq(rounds.state, 'collecting'))
  if (db.update(rounds).set(columns).where(isCollecting).run().changes === 0)
    throw new DomainError('conflict', `Round ${id} is not collecting.`)
}

/** How many municipalities have registered for a round, and how many of them are approved. */
export async function countEnrolled(db: Database, roundId: string): Promise<{ registered: number; approved: number }> {
  const rows = db
    .select({ state: enrolments.state, number: sql<number>`count(*)` })
    .from(enrolments)
    .where(eq(enrolments.roundId, roundId))
    .groupBy(enrolments.state)
    .all()
  const numberOf = (state: string) => rows.find((row) => row.state === state)?.number ?? 0
  return { registered: numberOf('submitted') + numberOf('approved'), approved: numberOf('approved') }
}
