import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { isAloneInCharge } from '../people/in-charge-store.ts'
import { rounds } from '../round/tables.ts'
import { swedishDay } from '../time/swedish-day.ts'
import type { SteppedRelease } from './announcements.ts'
import { comingStep, phaseOf, type ReleaseStep, type ReleaseStepKind, waitingStep } from './phase.ts'
import { stepOf } from './release-store.ts'
import { releaseSteps, releases } from './tables.ts'

/** Which release, by whom, and when it is said. */
export interface Saying {
  roundId: string
  number: number
  /** The id of an account, or `operator`. */
  by: string
  now: Date
}

/** From which phase a step can be proposed. */
const from: Record<Exclude<ReleaseStepKind, 'withdraw'>, readonly string[]> = {
  release: ['opened', 'withdrawn'],
  publish: ['released'],
}

/**
 * Proposes that participants, or everybody, see a release from an instant on. Whoever is the only administrator approves it with that, and
 * the protocol says so. @returns the step, as it stands now
 * @throws DomainError `conflict` when the release is not where that is next, or when something waits already; `invalid` for an instant that
 * has passed; `not-found`
 */
export async function proposeStep(
  db: Database,
  { roundId, number, by, now }: Saying,
  { kind, takesEffect }: { kind: 'release' | 'publish'; takesEffect: Date },
): Promise<ReleaseStep> {
  return transaction(db, function* (tx) {
    const steps = yield* stepsOf(tx, roundId, number)
    if (waitingStep(steps) || comingStep(steps, now))
      throw new DomainError('conflict', `Something of release ${number} of round ${roundId} waits already.`)
    const phase = phaseOf(steps, now)
    if (!from[kind].includes(phase))
      throw new DomainError('conflict', `Release ${number} of round ${roundId} is ${phase}.`)
    const at = now.toISOString()
    if (takesEffect < now) throw new DomainError('invalid', `${swedishDay(takesEffect)} has passed. Name a later day.`)
    const effect = takesEffect.toISOString()
    const isAlone = yield* isAloneInCharge(tx, by, swedishDay(now))
    const approval = isAlone ? { approvedBy: by, approvedAt: at, isAlone } : {}
    const said = { kind, proposedBy: by, proposedAt: at, takesEffect: effect, ...approval }
    const nth = steps.length + 1
    yield* put(tx, { roundId, number, nth }, said)
    return { nth, isAlone, ...said }
  })
}

/**
 * Approves what somebody else has proposed. What was to come at an instant that has passed comes now. @returns what it is
 * @throws DomainError `conflict` when nothing waits, or whoever approves has proposed it; `not-found`
 */
export async function approveStep(db: Database, { roundId, number, by, now }: Saying): Promise<ReleaseStep> {
  return transaction(db, function* (tx) {
    const waiting = waitingStep(yield* stepsOf(tx, roundId, number))
    if (!waiting) throw new DomainError('conflict', `Nothing of release ${number} of round ${roundId} waits.`)
    if (waiting.proposedBy === by)
      throw new DomainError('conflict', 'Whoever proposes does not approve: somebody else does.', {
        messageKey: 'ownProposal',
      })
    const at = now.toISOString()
    const takesEffect = waiting.takesEffect > at ? waiting.takesEffect : at
    yield* step(
      tx
        .update(releaseSteps)
        .set({ approvedBy: by, approvedAt: at, takesEffect })
        .where(isStep({ roundId, number }, waiting.nth))
        .run(),
    )
    return { ...waiting, approvedBy: by, approvedAt: at, takesEffect }
  })
}

/** Takes back a proposal that nobody has approved. @throws DomainError `conflict` when there is none; `not-found` */
export async function takeBackStep(db: Database, { roundId, number }: Saying): Promise<ReleaseStepKind> {
  return transaction(db, function* (tx) {
    const waiting = waitingStep(yield* stepsOf(tx, roundId, number))
    if (!waiting) throw new DomainError('conflict', `Nothing of release ${number} of round ${roundId} waits.`)
    yield* step(
      tx
        .delete(releaseSteps)
        .where(and(isStep({ roundId, number }, waiting.nth), isNull(releaseSteps.approvedAt)))
        .run(),
    )
    return waiting.kind
  })
}

/**
 * Withdraws a release at once: nobody but administrators sees it from now on, and everybody sees that it was withdrawn, and why. What was to
 * come of it does not.
 * @throws DomainError `conflict` when nobody sees it and nothing is to come; `not-found`
 */
export async function withdraw(db: Database, { roundId, number, by, now }: Saying, reason: string): Promise<void> {
  await transaction(db, function* (tx) {
    const steps = yield* stepsOf(tx, roundId, number)
    const waiting = waitingStep(steps)
    const phase = phaseOf(steps, now)
    const isOut = phase === 'released' || phase === 'published' || comingStep(steps, now)
    if (!isOut) throw new DomainError('conflict', `Release ${number} of round ${roundId} is ${phase}.`)
    if (waiting) yield* step(tx.delete(releaseSteps).where(isStep({ roundId, number }, waiting.nth)).run())
    const at = now.toISOString()
    const nth = waiting ? waiting.nth : steps.length + 1
    const said = { proposedBy: by, proposedAt: at, approvedBy: by, approvedAt: at, takesEffect: at }
    yield* put(tx, { roundId, number, nth }, { kind: 'withdraw', ...said, reason })
  })
}

function* stepsOf(tx: Transaction, roundId: string, number: number): Steps<ReleaseStep[]> {
  const isOne = and(eq(releases.roundId, roundId), eq(releases.number, number))
  const release = yield* step(tx.select({ number: releases.number }).from(releases).where(isOne).get())
  if (!release) throw new DomainError('not-found', `Round ${roundId} has no release ${number}.`)
  const isOf = and(eq(releaseSteps.roundId, roundId), eq(releaseSteps.number, number))
  const rows = yield* step(tx.select().from(releaseSteps).where(isOf).orderBy(asc(releaseSteps.nth)).all())
  return rows.map(stepOf)
}

/** All releases by their steps, the newest first: quick to read, for it leaves out what was counted. */
export async function listSteps(db: Database): Promise<(SteppedRelease & { year: number; isPractice: boolean })[]> {
  const { roundId, number, reason } = releases
  const rows = await db
    .select({ roundId, number, reason, year: rounds.year, isPractice: rounds.isPractice })
    .from(releases)
    .innerJoin(rounds, eq(rounds.id, roundId))
    .orderBy(desc(rounds.year), desc(roundId), desc(number))
    .all()
  const steps = await db.select().from(releaseSteps).orderBy(asc(releaseSteps.nth)).all()
  return rows.map(({ reason, ...row }) => ({
    ...row,
    reason: reason ?? undefined,
    steps: steps.filter((step) => step.roundId === row.roundId && step.number === row.number).map(stepOf),
  }))
}

type Said = Omit<ReleaseStep, 'nth' | 'isAlone'> & { isAlone?: boolean }

function* put(tx: Transaction, key: { roundId: string; number: number; nth: number }, said: Said): Steps<void> {
  yield* step(
    tx
      .insert(releaseSteps)
      .values({ ...key, ...said })
      .run(),
  )
}

const isStep = ({ roundId, number }: { roundId: string; number: number }, nth: number) =>
  and(eq(releaseSteps.roundId, roundId), eq(releaseSteps.number, number), eq(releaseSteps.nth, nth))
