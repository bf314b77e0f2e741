import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { DomainError } from '../errors.ts'
import type { Scope } from '../organisation/scope.ts'
import { within } from '../organisation/scope-store.ts'
import { strata, units } from '../organisation/tables.ts'
import { rounds } from '../round/tables.ts'
import { compareNames } from '../text/name-order.ts'
import { codeTag } from './code-tag.ts'
import type { Disposition, InvitationChannel } from './disposition.ts'
import { batches, invitations } from './tables.ts'

const columns = {
  id: batches.id,
  stratumId: batches.stratumId,
  unit: units.name,
  municipalityCode: units.municipalityCode,
  targetGroup: strata.targetGroup,
  channel: batches.channel,
  issued: batches.issued,
  leftover: batches.leftover,
  undeliverable: batches.undeliverable,
  issuedOn: batches.issuedOn,
  orderId: batches.orderId,
  roundId: strata.roundId,
  state: rounds.state,
}

/** A printed batch of slips or letters. `leftover` is null while nobody has posted or counted it. */
export type Batch = Awaited<ReturnType<typeof getBatchWithin>>

/** The printed slips and letters of a round within a scope, those that still lie there first, then the latest first. */
export async function listBatches(db: Database, roundId: string, scope: Scope): Promise<Batch[]> {
  const all = await printed(db)
    .where(and(isPrinted, eq(strata.roundId, roundId), within(scope)))
    .orderBy(batches.id)
    .all()
  return all.sort(lyingFirst)
}

const lyingFirst = (one: Batch, other: Batch) =>
  Number(other.leftover === null) - Number(one.leftover === null) ||
  compareNames(other.issuedOn ?? '', one.issuedOn ?? '') ||
  compareNames(one.unit, other.unit)

/** A printed batch that somebody works with. @throws DomainError `not-found`, also outside the scope. */
export async function getBatchWithin(db: Database, scope: Scope, id: string) {
  const batch = await printed(db)
    .where(and(isPrinted, eq(batches.id, id), within(scope)))
    .get()
  if (!batch) throw new DomainError('not-found', `There is no batch ${id}.`)
  return batch
}

/** How many codes were issued in a round within a scope, by whatever channel. */
export async function countIssued(db: Database, roundId: string, scope: Scope): Promise<number> {
  const row = await db
    .select({ issued: sql<number | null>`sum(${batches.issued})` })
    .from(batches)
    .innerJoin(strata, eq(strata.id, batches.stratumId))
    .innerJoin(units, eq(units.id, strata.unitId))
    .where(and(eq(strata.roundId, roundId), within(scope)))
    .get()
  return row?.issued ?? 0
}

function printed(db: Database) {
  return db
    .select(columns)
    .from(batches)
    .innerJoin(strata, eq(strata.id, batches.stratumId))
    .innerJoin(rounds, eq(rounds.id, strata.roundId))
    .innerJoin(units, eq(units.id, strata.unitId))
}

const isPrinted = and(eq(batches.drawn, false), inArray(batches.channel, ['handout', 'letter']))

/** What a code that staff hold in their hand belongs to. Nothing here tells whether it was used. */
export interface IssuedCode {
  digits: string
  tag: Buffer
  batchId: string
  channel: InvitationChannel
  drawn: boolean
  disposition: Disposition
}

/** Those of some codes that were issued in a round within a scope. A code of somebody else's is not found. */
export async function findIssuedCodes(
  db: Database,
  codePepper: Buffer,
  { roundId, scope, codes }: { roundId: string; scope: Scope; codes: string[] },
): Promise<IssuedCode[]> {
  const byTag = db
    .select({
      batchId: batches.id,
      channel: batches.channel,
      drawn: batches.drawn,
      disposition: invitations.disposition,
    })
    .from(invitations)
    .innerJoin(batches, eq(batches.id, invitations.batchId))
    .innerJoin(strata, eq(strata.id, batches.stratumId))
    .innerJoin(units, eq(units.id, strata.unitId))
    .where(and(eq(invitations.codeTag, sql.placeholder('tag')), within(scope)))
    .prepare()
  const issued: IssuedCode[] = []
  for (const digits of codes) {
    const tag = codeTag(codePepper, roundId, digits)
    const found = await byTag.get({ tag })
    if (found) issued.push({ digits, tag, ...found })
  }
  return issued
}
