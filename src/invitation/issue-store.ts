import { randomBytes } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { look, type Steps, step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { strata } from '../organisation/tables.ts'
import { type Phase, phaseOf } from '../round/round.ts'
import { rounds } from '../round/tables.ts'
import { codeTag } from './code-tag.ts'
import type { InvitationChannel } from './disposition.ts'
import { drawCode } from './draw-code.ts'
import { recordLeftover } from './store.ts'
import { batches, invitations } from './tables.ts'

export interface IssueOptions {
  stratumId: string
  channel: InvitationChannel
  count: number
  /** Drawn codes are handed out as they are made, and count as offered; printed ones are stock. */
  drawn: boolean
  /** The day that staff recognise a printed batch by, as ISO text. */
  issuedOn?: string
  /** Of printed batches that were ordered together. */
  orderId?: string
  onProgress?: (done: number) => void
}

export interface IssuedBatch {
  batchId: string
  codes: string[]
}

/** A statement has room for 32 766 values. */
const inOneStatement = 2_000

/** Printed codes are written in transactions of this many, so that a large batch stops nobody who answers. */
const printedTogether = 2_000

/**
 * Issues fresh codes to a stratum. The codes are returned once and are nowhere else: the database holds their tags.
 * A printed batch that fits into one transaction is there with all its codes or not at all.
 * Drawn codes of a stratum and channel share one batch, so that there is no batch a person could be told by.
 * @throws DomainError `conflict` when the round is closed, or paused for drawn codes, also where that comes between two transactions of a
 * printed batch: what was issued before is left over then; `not-found` when there is no such stratum.
 */
export async function issueCodes(db: Database, codePepper: Buffer, options: IssueOptions): Promise<IssuedBatch> {
  const { count, drawn, onProgress } = options
  let batchId: string | undefined
  const disposition = drawn ? ('handed_out' as const) : ('stock' as const)
  const issue = (size: number) =>
    transaction(db, function* (tx) {
      const roundId = yield* roundToIssueIn(tx, options)
      const id = batchId ?? (drawn ? yield* drawnBatch(tx, options) : yield* newBatch(tx, options))
      const made: string[] = []
      while (made.length < size) {
        const drawnNow = Array.from({ length: Math.min(size - made.length, inOneStatement) }, drawCode)
        const codeOf = new Map<string, string>(
          drawnNow.map((code) => [codeTag(codePepper, roundId, code).toString('hex'), code]),
        )
        const rows = [...codeOf.keys()].map((tag) => ({ codeTag: Buffer.from(tag, 'hex'), batchId: id, disposition }))
        const fresh = tx.insert(invitations).values(rows).onConflictDoNothing().returning({ tag: invitations.codeTag })
        for (const { tag } of yield* step(fresh.all())) made.push(codeOf.get(tag.toString('hex'))!)
      }
      yield* step(
        tx
          .update(batches)
          .set({ issued: sql`${batches.issued} + ${size}` })
          .where(eq(batches.id, id))
          .run(),
      )
      return { id, made }
    })

  const codes: string[] = []
  const together = drawn ? count : printedTogether
  try {
    while (codes.length < count) {
      const { id, made } = await issue(Math.min(together, count - codes.length))
      batchId = id
      codes.push(...made)
      onProgress?.(codes.length)
    }
  } catch (error) {
    if (batchId) await recordLeftover(db, batchId, codes.length) // nobody will ever see these
    throw error
  }
  return { batchId: batchId!, codes }
}

/** The round of a stratum, while codes can be issued in it. @throws DomainError as {@link issueCodes} does. */
function* roundToIssueIn(tx: Transaction, { stratumId, drawn }: IssueOptions): Steps<string> {
  const { roundId, phase } = yield* stratumPhase(tx, stratumId)
  if (phase === 'closed')
    throw new DomainError('conflict', `Round ${roundId} is closed: no more codes can be issued.`, {
      messageKey: 'staff.print.closed',
    })
  if (drawn && phase === 'paused')
    throw new DomainError('conflict', `Round ${roundId} is paused: no codes are drawn.`, {
      messageKey: 'roundPaused',
    })
  if (drawn && phase !== 'collecting')
    throw new DomainError('conflict', `Round ${roundId} is not open yet: print codes instead of drawing them.`)
  return roundId
}

/** The round of a stratum, and whether it is open. @throws DomainError `not-found`. */
export function getStratumPhase(db: Database, stratumId: string): Promise<StratumPhase> {
  return look(stratumPhase(db, stratumId))
}

interface StratumPhase {
  roundId: string
  phase: Phase
}

/** The same, as a part of a transaction. */
export function* stratumPhase(db: Database | Transaction, stratumId: string): Steps<StratumPhase> {
  const [stratum] = yield* step(
    db
      .select({ roundId: strata.roundId, state: rounds.state, isPaused: rounds.isPaused })
      .from(strata)
      .innerJoin(rounds, eq(rounds.id, strata.roundId))
      .where(eq(strata.id, stratumId))
      .all(),
  )
  if (!stratum) throw new DomainError('not-found', `There is no stratum ${stratumId}.`)
  return { roundId: stratum.roundId, phase: phaseOf(stratum) }
}

function* drawnBatch(tx: Transaction, options: IssueOptions): Steps<string> {
  const { stratumId, channel } = options
  const [existing] = yield* step(
    tx
      .select({ id: batches.id })
      .from(batches)
      .where(and(eq(batches.stratumId, stratumId), eq(batches.channel, channel), eq(batches.drawn, true)))
      .all(),
  )
  return existing?.id ?? (yield* newBatch(tx, options))
}

function* newBatch(tx: Transaction, { stratumId, channel, drawn, issuedOn, orderId }: IssueOptions): Steps<string> {
  const id = randomBytes(4).toString('hex')
  yield* step(
    tx
      .insert(batches)
      .values({
        id,
        stratumId,
        channel,
        drawn,
        issued: 0,
        leftover: drawn ? 0 : null,
        ...(!drawn && { issuedOn, orderId }),
      })
      .run(),
  )
  return id
}
