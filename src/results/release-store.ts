import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import type { Indicator } from './indicator.ts'
import type { ReleaseStep } from './phase.ts'
import type { OpeningFacts, ReleaseContent } from './release.ts'
import { lineOf } from './release-hash.ts'
import { releasedAreas, releasedIndicators, releaseSteps, releases } from './tables.ts'

/** A release as it is listed: without its indicators. */
export interface Release {
  roundId: string
  number: number
  madeAt: string
  hash: string
  facts: OpeningFacts
  reason?: string
  steps: ReleaseStep[]
}

/** The releases of a round, the newest first. */
export async function listReleases(db: Database, roundId: string): Promise<Release[]> {
  const rows = await db
    .select()
    .from(releases)
    .where(eq(releases.roundId, roundId))
    .orderBy(desc(releases.number))
    .all()
  const steps = await db
    .select()
    .from(releaseSteps)
    .where(eq(releaseSteps.roundId, roundId))
    .orderBy(asc(releaseSteps.nth))
    .all()
  return rows.map(({ facts, reason, ...row }) => ({
    ...row,
    facts: JSON.parse(facts) as OpeningFacts,
    reason: reason ?? undefined,
    steps: steps.filter(({ number }) => number === row.number).map(stepOf),
  }))
}

type StepRow = typeof releaseSteps.$inferSelect

export const stepOf = ({ roundId: _, number: __, approvedBy, approvedAt, reason, ...row }: StepRow): ReleaseStep => ({
  ...row,
  approvedBy: approvedBy ?? undefined,
  approvedAt: approvedAt ?? undefined,
  reason: reason ?? undefined,
})

/** What was counted. */
export interface NewRelease {
  roundId: string
  release: ReleaseContent
  facts: OpeningFacts
  now: Date
  /** What a correction changes and why, in words. */
  reason?: string
}

/**
 * Puts what was counted in place of a release that nobody was let see yet, or as the first one. Counted again, a release that participants
 * have seen stays as it is; with a reason, what comes out otherwise is a correction, the next release. @returns its number
 * @throws DomainError `conflict` when it comes out otherwise and no reason is given, or where a correction would tell of other people
 */
export function* putRelease(tx: Transaction, { roundId, release, facts, now, reason }: NewRelease): Steps<number> {
  const seen = yield* lastSeen(tx, roundId)
  const key = { roundId, number: (seen?.number ?? 0) + 1 }
  yield* removeUnseen(tx, key)
  if (seen?.hash === release.hash) return seen.number
  if (seen) refuseOthers(reason, seen, yield* peopleOf(tx, seen), release)

  const row = { madeAt: now.toISOString(), hash: release.hash, facts: JSON.stringify(facts), reason }
  yield* step(
    tx
      .insert(releases)
      .values({ ...key, ...row })
      .run(),
  )
  yield* putContent(tx, key, release)
  return key.number
}

type Key = Pick<Release, 'roundId' | 'number'>

/** The newest release that somebody was let see, or that is proposed. */
function* lastSeen(tx: Transaction, roundId: string): Steps<(Key & { hash: string }) | undefined> {
  const isStepOf = and(eq(releaseSteps.roundId, releases.roundId), eq(releaseSteps.number, releases.number))
  return yield* step(
    tx
      .select({ roundId: releases.roundId, number: releases.number, hash: releases.hash })
      .from(releases)
      .innerJoin(releaseSteps, isStepOf)
      .where(eq(releases.roundId, roundId))
      .orderBy(desc(releases.number))
      .get(),
  )
}

function* removeUnseen(tx: Transaction, key: Key): Steps<void> {
  for (const table of [releasedIndicators, releasedAreas, releases])
    yield* step(tx.delete(table).where(isRelease(table, key)).run())
}

/** A correction changes who was offered, and words. Other numbers of people beside those of before would tell of who is in one of them alone. */
function refuseOthers(
  reason: string | undefined,
  { roundId, number }: Key,
  before: string[],
  { indicators }: ReleaseContent,
): void {
  if (reason === undefined)
    throw new DomainError(
      'conflict',
      `Round ${roundId} was counted again, and its indicators are others than those of release ${number}.`,
      { messageKey: 'otherwise' },
    )
  const now = indicators.filter(tellsPeople).map(lineOf)
  if (now.length !== before.length || now.toSorted().some((key, at) => key !== before[at]))
    throw new DomainError(
      'conflict',
      `A correction of round ${roundId} would tell other numbers of people than release ${number}. Nothing was changed.`,
      { messageKey: 'otherPeople' },
    )
}

function* peopleOf(tx: Transaction, key: Key): Steps<string[]> {
  const rows = yield* step(tx.select().from(releasedIndicators).where(isRelease(releasedIndicators, key)).all())
  return rows.filter(tellsPeople).map(lineOf).sort()
}

const tellsPeople = ({ level, measure }: Pick<Indicator, 'level' | 'measure'>) =>
  measure !== 'offered' && measure !== 'rate' && level !== 'mean' && level !== 'county'

type OfRelease = typeof releasedIndicators | typeof releasedAreas | typeof releases

const isRelease = (table: OfRelease, { roundId, number }: Key) =>
  and(eq(table.roundId, roundId), eq(table.number, number))

/** Prepared, for a nation has more than a hundred thousand indicators. */
function* putContent(tx: Transaction, key: Key, { areas, indicators }: ReleaseContent): Steps<void> {
  const area = tx
    .insert(releasedAreas)
    .values(placeholders([...keys, 'level', 'area', 'name', 'within']))
    .prepare()
  const indicator = tx
    .insert(releasedIndicators)
    .values(
      placeholders([
        ...[...keys, 'level', 'area', 'targetGroup', 'gender', 'measure', 'question', 'part', 'status'],
        ...['value', 'people', 'positive'],
      ]),
    )
    .prepare()
  for (const one of areas) yield* step(area.run({ ...key, ...one }))
  const nothing = { value: null, people: null, positive: null }
  for (const one of indicators) yield* step(indicator.run({ ...key, ...nothing, ...one }))
}

const keys = ['roundId', 'number']
const placeholders = (names: string[]) =>
  Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as never
