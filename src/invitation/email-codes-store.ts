import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { municipalities, strata, units } from '../organisation/tables.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { type Phase, phaseOf } from '../round/round.ts'
import { rounds } from '../round/tables.ts'
import { codeTag } from './code-tag.ts'
import { drawCode } from './draw-code.ts'
import { emailBatchId } from './email-batch.ts'
import { stratumPhase } from './issue-store.ts'
import type { Invitation } from './store.ts'
import { batches, invitations } from './tables.ts'

/** What an invitation by e-mail needs to know of itself when it is sent; `undefined` when there is no such code any more. */
export async function findEmailed(
  db: Database,
  tag: Buffer,
): Promise<{ targetGroup: TargetGroup; phase: Phase; municipality: { code: string; name: string } } | undefined> {
  const [found] = await db
    .select({
      ...{ targetGroup: strata.targetGroup, state: rounds.state, isPaused: rounds.isPaused },
      municipality: { code: municipalities.code, name: municipalities.name },
    })
    .from(invitations)
    .innerJoin(batches, eq(batches.id, invitations.batchId))
    .innerJoin(strata, eq(strata.id, batches.stratumId))
    .innerJoin(rounds, eq(rounds.id, strata.roundId))
    .innerJoin(units, eq(units.id, strata.unitId))
    .innerJoin(municipalities, eq(municipalities.code, units.municipalityCode))
    .where(eq(invitations.codeTag, tag))
    .all()
  return found && { targetGroup: found.targetGroup, phase: phaseOf(found), municipality: found.municipality }
}

/**
 * Issues codes that are sent by e-mail, in one transaction: stock until a mail server accepts them, see {@link recordEmailed}.
 * The codes are returned once. At most some hundreds at a time, so that nobody who answers is held up.
 * @throws DomainError `conflict` once the round is closed, also in the middle of a list; `not-found` when there is no such stratum.
 */
export async function issueEmailCodes(
  db: Database,
  codePepper: Buffer,
  { stratumId, roundId, count }: { stratumId: string; roundId: string; count: number },
): Promise<string[]> {
  const batchId = emailBatchId(stratumId)
  return transaction(db, function* (tx) {
    if ((yield* stratumPhase(tx, stratumId)).phase === 'closed')
      throw new DomainError('conflict', `Round ${roundId} is closed: no more codes can be issued.`)
    yield* step(
      tx
        .insert(batches)
        .values({ id: batchId, stratumId, channel: 'email', drawn: false, issued: 0, leftover: 0 })
        .onConflictDoNothing()
        .run(),
    )
    const codes: string[] = []
    while (codes.length < count) {
      const code = drawCode()
      const row = { codeTag: codeTag(codePepper, roundId, code), batchId, disposition: 'stock' as const }
      if ((yield* step(tx.insert(invitations).values(row).onConflictDoNothing().run())).changes === 1) codes.push(code)
    }
    yield* step(
      tx
        .update(batches)
        .set({ issued: sql`${batches.issued} + ${count}`, leftover: sql`${batches.leftover} + ${count}` })
        .where(eq(batches.id, batchId))
        .run(),
    )
    return codes
  })
}

/**
 * Records what became of an invitation that was sent by e-mail: offered, or refused for good by the mail server. Saying it twice
 * counts once. A code that is not known, or did not go out by e-mail, changes nothing.
 */
export async function recordEmailed(
  db: Database,
  { tag }: Pick<Invitation, 'tag'>,
  disposition: 'handed_out' | 'undeliverable',
): Promise<void> {
  await transaction(db, function* (tx) {
    const { changes } = yield* step(
      tx
        .update(invitations)
        .set({ disposition })
        .where(and(eq(invitations.codeTag, tag), eq(invitations.disposition, 'stock')))
        .run(),
    )
    if (changes === 0) return
    const [invitation] = yield* step(tx.select().from(invitations).where(eq(invitations.codeTag, tag)).all())
    yield* step(
      tx
        .update(batches)
        .set({
          leftover: sql`${batches.leftover} - 1`,
          undeliverable: sql`${batches.undeliverable} + ${Number(disposition === 'undeliverable')}`,
        })
        .where(and(eq(batches.id, invitation!.batchId), eq(batches.channel, 'email')))
        .run(),
    )
  })
}
