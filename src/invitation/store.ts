import { and, eq, inArray, sql } from 'drizzle-orm'
import { bare } from '../database/bare.ts'
import type { Database, Transaction } from '../database/connection.ts'
import { patiently, type Run } from '../database/patience.ts'
import { type Steps, step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { strata } from '../organisation/tables.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { type Phase, phaseOf, type RoundState } from '../round/round.ts'
import { rounds } from '../round/tables.ts'
import { codeTag } from './code-tag.ts'
import { requireCounting } from './counting-store.ts'
import type { InvitationChannel } from './disposition.ts'
import { isEmailBatch } from './email-batch.ts'
import { batches, invitations } from './tables.ts'

/** What an issued code leads to. Nothing here tells whether it was used. */
export interface Invitation {
  tag: Buffer
  stratumId: string
  channel: InvitationChannel
  targetGroup: TargetGroup
  roundId: string
  phase: Phase
}

export type FindInvitation = (digits: string) => Promise<Invitation | undefined>

/**
 * Prepares the lookup of a code among the invitations of all rounds, newest round first.
 * It never looks at the used marks, so a used code is found exactly like an unused one.
 */
export function prepareFindInvitation(db: Database, codePepper: Buffer, run: Run = patiently): FindInvitation {
  const roundIds = db
    .select({ id: rounds.id })
    .from(rounds)
    .orderBy(sql`${rounds.year} desc, ${rounds.id} desc`)
    .prepare()
  const byTag = bare<[string, InvitationChannel, TargetGroup, string, RoundState, number]>(
    db
      .select({
        stratumId: strata.id,
        channel: batches.channel,
        targetGroup: strata.targetGroup,
        roundId: strata.roundId,
        state: rounds.state,
        isPaused: rounds.isPaused,
      })
      .from(invitations)
      .innerJoin(batches, eq(batches.id, invitations.batchId))
      .innerJoin(strata, eq(strata.id, batches.stratumId))
      .innerJoin(rounds, eq(rounds.id, strata.roundId))
      .where(eq(invitations.codeTag, sql.placeholder('tag'))),
  )

  async function find(digits: string): Promise<Invitation | undefined> {
    for (const { id } of await roundIds.all()) {
      const tag = codeTag(codePepper, id, digits)
      const found = byTag.first({ tag })
      if (!found) continue
      const [stratumId, channel, targetGroup, roundId, state, isPaused] = found
      const phase = phaseOf({ state, isPaused: isPaused === 1 })
      return { tag, stratumId, channel, targetGroup, roundId, phase }
    }
    return undefined
  }
  return (digits) => run(() => find(digits))
}

/**
 * Settles a printed batch: all of it was handed out or posted, but for the number counted back in.
 * Counting again replaces the earlier number. Gives whether anything is another now.
 * @throws DomainError `not-found`, `conflict` once the results are released, or `invalid` for codes drawn one by one and for more leftovers
 * than codes.
 */
export async function recordLeftover(db: Database, batchId: string, number: number): Promise<boolean> {
  return transaction(db, function* (tx) {
    const [batch] = yield* step(tx.select().from(batches).where(eq(batches.id, batchId)).all())
    if (!batch) throw new DomainError('not-found', `There is no batch ${batchId}.`)
    yield* requireCounting(tx, batch.stratumId)
    if (batch.drawn) throw new DomainError('invalid', `Batch ${batchId} was drawn one by one: it has no leftovers.`)
    if (isEmailBatch(batchId))
      throw new DomainError('invalid', `Batch ${batchId} is sent by e-mail: what was accepted counts itself.`)
    if (number > batch.issued - batch.undeliverable) {
      throw new DomainError(
        'invalid',
        `Batch ${batchId} has only ${batch.issued - batch.undeliverable} codes that could be left over.`,
      )
    }
    yield* step(tx.update(batches).set({ leftover: number }).where(eq(batches.id, batchId)).run())
    const isOther = batch.leftover !== number
    if (number > 0) return isOther // which of them were handed out is not known, and need not be
    const { changes } = yield* step(
      tx
        .update(invitations)
        .set({ disposition: 'handed_out' })
        .where(and(eq(invitations.batchId, batchId), eq(invitations.disposition, 'stock')))
        .run(),
    )
    return isOther || changes > 0
  })
}

/** What was said of a printed batch, and what had been said before: null where nothing had. */
export interface Settled {
  batchId: string
  before: number | null
  now: number
}

/**
 * Takes back what was said of a printed batch, and gives whether it stood still. Not where it was counted again since, nor where more
 * has come back undeliverable than could have gone out.
 * @throws DomainError `conflict` once the results are released.
 */
export async function takeBackLeftover(db: Database, { batchId, before, now }: Settled): Promise<boolean> {
  return transaction(db, function* (tx) {
    const [batch] = yield* step(tx.select().from(batches).where(eq(batches.id, batchId)).all())
    if (!batch) return false
    yield* requireCounting(tx, batch.stratumId)
    if (batch.leftover !== now || (before ?? 0) > batch.issued - batch.undeliverable) return false
    yield* step(tx.update(batches).set({ leftover: before }).where(eq(batches.id, batchId)).run())
    if (before === 0) return true
    const isIts = and(eq(invitations.batchId, batchId), eq(invitations.disposition, 'handed_out'))
    yield* step(tx.update(invitations).set({ disposition: 'stock' }).where(isIts).run())
    return true
  })
}

/**
 * Records that an invitation came back undeliverable, and whether that is new: saying it twice counts once.
 * @throws DomainError `conflict` once the results are released, and when the batch has been counted so that none of it can have been sent.
 */
export async function recordUndeliverable(db: Database, { tag }: Pick<Invitation, 'tag'>): Promise<boolean> {
  const outcome = await transaction(db, (tx) => comeBack(tx, tag))
  if (outcome !== 'counted') return outcome === 'added'
  throw new DomainError('conflict', 'All of the batch that went out has come back already. Count its leftovers again.')
}

/** What became of a code that came back: new, said before or unknown, or of a batch of which all has come back or was left over. */
export type ComeBack = 'added' | 'before' | 'counted'

/**
 * The same of many codes in one transaction, which costs about as much as of one. Gives what became of each.
 * @throws DomainError `conflict` once the results are released.
 */
export async function recordManyUndeliverable(db: Database, codes: Pick<Invitation, 'tag'>[]): Promise<ComeBack[]> {
  return transaction(db, function* (tx) {
    const found: ComeBack[] = []
    for (const { tag } of codes) found.push(yield* comeBack(tx, tag))
    return found
  })
}

function* comeBack(tx: Transaction, tag: Buffer): Steps<ComeBack> {
  const [invitation] = yield* step(tx.select().from(invitations).where(eq(invitations.codeTag, tag)).all())
  if (!invitation || invitation.disposition === 'undeliverable') return 'before'
  const [batch] = yield* step(tx.select().from(batches).where(eq(batches.id, invitation.batchId)).all())
  yield* requireCounting(tx, batch!.stratumId)
  if (batch!.undeliverable >= batch!.issued - (batch!.leftover ?? 0)) return 'counted'
  yield* step(tx.update(invitations).set({ disposition: 'undeliverable' }).where(eq(invitations.codeTag, tag)).run())
  yield* step(
    tx
      .update(batches)
      .set({ undeliverable: sql`${batches.undeliverable} + 1` })
      .where(eq(batches.id, invitation.batchId))
      .run(),
  )
  return 'added'
}

/** Removes what stands for the codes of a round: none is known any more. How many there were stays with their batches. */
export function* destroyTags(tx: Transaction, roundId: string): Steps<void> {
  const own = tx
    .select({ id: batches.id })
    .from(batches)
    .innerJoin(strata, eq(strata.id, batches.stratumId))
    .where(eq(strata.roundId, roundId))
  yield* step(tx.delete(invitations).where(inArray(invitations.batchId, own)).run())
}

/** How many invitations each of these rounds has. */
export async function countInvitations(db: Database, roundIds: string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ roundId: strata.roundId, issued: sql<number>`sum(${batches.issued})` })
    .from(batches)
    .innerJoin(strata, eq(strata.id, batches.stratumId))
    .where(inArray(strata.roundId, roundIds))
    .groupBy(strata.roundId)
    .all()
  return new Map(rows.map(({ roundId, issued }) => [roundId, issued]))
}
