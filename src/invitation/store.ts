import { randomBytes } from 'node:crypto'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { patiently, type ReadDatabase } from '../database/patience.ts'
import { batches, invitations, municipalities, rounds, strata, tallies, units } from '../database/schema.ts'
import type { Transaction } from '../database/unused-strata.ts'
import { DomainError } from '../errors.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { type Phase, phaseOf } from '../round/round.ts'
import { codeTag } from './code-tag.ts'
import type { Channel, InvitationChannel, TalliedDisposition } from './disposition.ts'
import { drawCode } from './draw-code.ts'

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
export function prepareFindInvitation(
  db: Database,
  codePepper: Buffer,
  read: ReadDatabase = patiently,
): FindInvitation {
  const roundIds = db
    .select({ id: rounds.id })
    .from(rounds)
    .orderBy(sql`${rounds.year} desc, ${rounds.id} desc`)
    .prepare()
  const byTag = db
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
    .where(eq(invitations.codeTag, sql.placeholder('tag')))
    .prepare()

  function find(digits: string): Invitation | undefined {
    for (const { id } of roundIds.all()) {
      const tag = codeTag(codePepper, id, digits)
      const found = byTag.get({ tag })
      if (found) {
        const { state, isPaused, ...invitation } = found
        return { ...invitation, tag, phase: phaseOf({ state, isPaused }) }
      }
    }
    return undefined
  }
  return (digits) => read(() => find(digits))
}

export interface IssueOptions {
  stratumId: string
  channel: InvitationChannel
  count: number
  /** Drawn codes are handed out as they are made, and count as offered; printed ones are stock. */
  drawn: boolean
  /** The day that staff recognise a printed batch by, as ISO text. */
  issuedOn?: string
  onProgress?: (done: number) => void
}

export interface IssuedBatch {
  batchId: string
  codes: string[]
}

/** Printed codes are written in transactions of this many, so that a large batch stops nobody who answers. */
const printedTogether = 2_000

/**
 * Issues fresh codes to a stratum. The codes are returned once and are nowhere else: the database holds their tags.
 * A printed batch that fits into one transaction is there with all its codes or not at all.
 * Drawn codes of a stratum and channel share one batch, so that there is no batch a person could be told by.
 * @throws DomainError `conflict` when the round is closed, or paused for drawn codes, `not-found` when there is no such stratum.
 */
export async function issueCodes(db: Database, codePepper: Buffer, options: IssueOptions): Promise<IssuedBatch> {
  const { stratumId, count, drawn, onProgress } = options
  const { roundId, phase } = await getStratumPhase(db, stratumId)
  if (phase === 'closed') throw new DomainError('conflict', `Round ${roundId} is closed: no more codes can be issued.`)
  if (drawn && phase === 'paused')
    throw new DomainError('conflict', `Round ${roundId} is paused: no codes are drawn.`, {
      messageKey: 'roundPaused',
    })
  if (drawn && phase !== 'collecting')
    throw new DomainError('conflict', `Round ${roundId} is not open yet: print codes instead of drawing them.`)

  let batchId: string | undefined
  const insert = db
    .insert(invitations)
    .values({
      codeTag: sql.placeholder('codeTag'),
      batchId: sql.placeholder('batchId'),
      disposition: drawn ? 'handed_out' : 'stock',
    })
    .onConflictDoNothing()
    .prepare()

  const issue = (size: number) =>
    db.transaction((tx) => {
      const id = batchId ?? (drawn ? drawnBatch(db, options) : newBatch(db, options))
      const made: string[] = []
      while (made.length < size) {
        const code = drawCode()
        if (insert.run({ codeTag: codeTag(codePepper, roundId, code), batchId: id }).changes === 1) made.push(code)
      }
      tx.update(batches)
        .set({ issued: sql`${batches.issued} + ${size}` })
        .where(eq(batches.id, id))
        .run()
      return { id, made }
    })

  const codes: string[] = []
  const together = drawn ? count : printedTogether
  try {
    while (codes.length < count) {
      const { id, made } = issue(Math.min(together, count - codes.length))
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

/** The one batch of a stratum whose codes go out by e-mail: its leftovers are those that no mail server has accepted yet. */
const emailBatchId = (stratumId: string) => `mail-${stratumId}`
const isEmailBatch = (batchId: string) => batchId.startsWith('mail-')

/** The round of a stratum, and whether it is open. @throws DomainError `not-found`. */
export async function getStratumPhase(db: Database, stratumId: string): Promise<{ roundId: string; phase: Phase }> {
  const [stratum] = db
    .select({ roundId: strata.roundId, state: rounds.state, isPaused: rounds.isPaused })
    .from(strata)
    .innerJoin(rounds, eq(rounds.id, strata.roundId))
    .where(eq(strata.id, stratumId))
    .all()
  if (!stratum) throw new DomainError('not-found', `There is no stratum ${stratumId}.`)
  return { roundId: stratum.roundId, phase: phaseOf(stratum) }
}

/** What an invitation by e-mail needs to know of itself when it is sent; `undefined` when there is no such code any more. */
export async function findEmailed(
  db: Database,
  tag: Buffer,
): Promise<{ targetGroup: TargetGroup; phase: Phase; municipality: { code: string; name: string } } | undefined> {
  const [found] = db
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
 */
export async function issueEmailCodes(
  db: Database,
  codePepper: Buffer,
  { stratumId, roundId, count }: { stratumId: string; roundId: string; count: number },
): Promise<string[]> {
  const batchId = emailBatchId(stratumId)
  return db.transaction((tx) => {
    tx.insert(batches)
      .values({ id: batchId, stratumId, channel: 'email', drawn: false, issued: 0, leftover: 0 })
      .onConflictDoNothing()
      .run()
    const codes: string[] = []
    while (codes.length < count) {
      const code = drawCode()
      const row = { codeTag: codeTag(codePepper, roundId, code), batchId, disposition: 'stock' as const }
      if (tx.insert(invitations).values(row).onConflictDoNothing().run().changes === 1) codes.push(code)
    }
    tx.update(batches)
      .set({ issued: sql`${batches.issued} + ${count}`, leftover: sql`${batches.leftover} + ${count}` })
      .where(eq(batches.id, batchId))
      .run()
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
  db.transaction((tx) => {
    const { changes } = tx
      .update(invitations)
      .set({ disposition })
      .where(and(eq(invitations.codeTag, tag), eq(invitations.disposition, 'stock')))
      .run()
    if (changes === 0) return
    const [invitation] = tx.select().from(invitations).where(eq(invitations.codeTag, tag)).all()
    tx.update(batches)
      .set({
        leftover: sql`${batches.leftover} - 1`,
        undeliverable: sql`${batches.undeliverable} + ${Number(disposition === 'undeliverable')}`,
      })
      .where(and(eq(batches.id, invitation!.batchId), eq(batches.channel, 'email')))
      .run()
  })
}

function drawnBatch(db: Database, options: IssueOptions): string {
  const { stratumId, channel } = options
  const [existing] = db
    .select({ id: batches.id })
    .from(batches)
    .where(and(eq(batches.stratumId, stratumId), eq(batches.channel, channel), eq(batches.drawn, true)))
    .all()
  return existing?.id ?? newBatch(db, options)
}

function newBatch(db: Database, { stratumId, channel, drawn, issuedOn }: IssueOptions): string {
  const id = randomBytes(4).toString('hex')
  db.insert(batches)
    .values({ id, stratumId, channel, drawn, issued: 0, leftover: drawn ? 0 : null, issuedOn: drawn ? null : issuedOn })
    .run()
  return id
}

/**
 * Settles a printed batch: all of it was handed out or posted, but for the number counted back in.
 * Counting again replaces the earlier number.
 * @throws DomainError `not-found`, or `invalid` for codes drawn one by one and for more leftovers than codes.
 */
export async function recordLeftover(db: Database, batchId: string, number: number): Promise<void> {
  db.transaction((tx) => {
    const [batch] = tx.select().from(batches).where(eq(batches.id, batchId)).all()
    if (!batch) throw new DomainError('not-found', `There is no batch ${batchId}.`)
    if (batch.drawn) throw new DomainError('invalid', `Batch ${batchId} was drawn one by one: it has no leftovers.`)
    if (isEmailBatch(batchId))
      throw new DomainError('invalid', `Batch ${batchId} is sent by e-mail: what was accepted counts itself.`)
    if (number > batch.issued - batch.undeliverable) {
      throw new DomainError(
        'invalid',
        `Batch ${batchId} has only ${batch.issued - batch.undeliverable} codes that could be left over.`,
      )
    }
    tx.update(batches).set({ leftover: number }).where(eq(batches.id, batchId)).run()
    if (number > 0) return // which of them were handed out is not known, and need not be
    tx.update(invitations)
      .set({ disposition: 'handed_out' })
      .where(and(eq(invitations.batchId, batchId), eq(invitations.disposition, 'stock')))
      .run()
  })
}

/**
 * Records that an invitation came back undeliverable, and whether that is new: saying it twice counts once.
 * @throws DomainError `conflict` when the batch has been counted so that none of it can have been sent.
 */
export async function recordUndeliverable(db: Database, { tag }: Pick<Invitation, 'tag'>): Promise<boolean> {
  const outcome = db.transaction((tx) => comeBack(tx, tag))
  if (outcome !== 'counted') return outcome === 'added'
  throw new DomainError('conflict', 'All of the batch that went out has come back already. Count its leftovers again.')
}

/** What became of a code that came back: new, said before or unknown, or of a batch of which all has come back or was left over. */
export type ComeBack = 'added' | 'before' | 'counted'

/** The same of many codes in one transaction, which costs about as much as of one. Gives what became of each. */
export async function recordManyUndeliverable(db: Database, codes: Pick<Invitation, 'tag'>[]): Promise<ComeBack[]> {
  return db.transaction((tx) => codes.map(({ tag }) => comeBack(tx, tag)))
}

function comeBack(tx: Transaction, tag: Buffer): ComeBack {
  const [invitation] = tx.select().from(invitations).where(eq(invitations.codeTag, tag)).all()
  if (!invitation || invitation.disposition === 'undeliverable') return 'before'
  const [batch] = tx.select().from(batches).where(eq(batches.id, invitation.batchId)).all()
  if (batch!.undeliverable >= batch!.issued - (batch!.leftover ?? 0)) return 'counted'
  tx.update(invitations).set({ disposition: 'undeliverable' }).where(eq(invitations.codeTag, tag)).run()
  tx.update(batches)
    .set({ undeliverable: sql`${batches.undeliverable} + 1` })
    .where(eq(batches.id, invitation.batchId))
    .run()
  return 'added'
}

/** The channels and tallies that belong together: a tally elsewhere would count somebody twice or not at all. */
const tallyChannels: Record<TalliedDisposition, readonly Channel[]> = {
  handed_out: ['paper'],
  declined: ['handout', 'tablet', 'paper'],
  declined_with_code: ['letter', 'handout', 'email'],
}

/**
 * Adds to a tally; a negative number takes back what was counted too much.
 * @throws DomainError `invalid` when the channel has no such tally or it would fall below zero.
 */
export async function addToTally(
  db: Database,
  tally: { stratumId: string; channel: Channel; disposition: TalliedDisposition; number: number },
): Promise<void> {
  const { stratumId, channel, disposition, number } = tally
  if (!tallyChannels[disposition].includes(channel)) {
    throw new DomainError('invalid', `The channel ${channel} has no tally of ${disposition}.`)
  }
  db.transaction((tx) => {
    const key = and(
      eq(tallies.stratumId, stratumId),
      eq(tallies.channel, channel),
      eq(tallies.disposition, disposition),
    )
    const [known] = tx.select({ number: tallies.number }).from(tallies).where(key).all()
    const sum = (known?.number ?? 0) + number
    if (sum < 0)
      throw new DomainError('invalid', `Only ${known?.number ?? 0} were counted: ${-number} cannot be taken back.`)
    tx.insert(tallies)
      .values({ stratumId, channel, disposition, number: sum })
      .onConflictDoUpdate({ target: [tallies.stratumId, tallies.channel, tallies.disposition], set: { number: sum } })
      .run()
  })
}

/** How many invitations each of these rounds has. */
export async function countInvitations(db: Database, roundIds: string[]): Promise<Map<string, number>> {
  const rows = db
    .select({ roundId: strata.roundId, issued: sql<number>`sum(${batches.issued})` })
    .from(batches)
    .innerJoin(strata, eq(strata.id, batches.stratumId))
    .where(inArray(strata.roundId, roundIds))
    .groupBy(strata.roundId)
    .all()
  return new Map(rows.map(({ roundId, issued }) => [roundId, issued]))
}
