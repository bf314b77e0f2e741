import { eq, sql } from 'drizzle-orm'
import { bare } from '../database/bare.ts'
import type { Database, Transaction } from '../database/connection.ts'
import type { Channel } from '../invitation/disposition.ts'
import type { Recorded, SealedBallot } from './sealed-ballot.ts'
import { spent, urn, urnCounts } from './tables.ts'

/** Prepares laying a ballot into the urn, where nothing happens when it lies there, and taking one out. */
export function prepareUrn(db: Database | Transaction) {
  const putInUrn = bare(
    db
      .insert(urn)
      .values({
        ballotId: sql.placeholder('ballotId'),
        stratumId: sql.placeholder('stratumId'),
        channel: sql.placeholder('channel') as never,
        sealed: sql.placeholder('sealed'),
      })
      .onConflictDoNothing(),
  )
  const takeFromUrn = bare(db.delete(urn).where(eq(urn.ballotId, sql.placeholder('ballotId'))))
  return { putInUrn, takeFromUrn }
}

/**
 * Prepares the write of one ballot, with the mark of its code where it has one. Only in a transaction. A used code costs the same as
 * an unused one, and is told the same.
 */
export function prepareRecordOfPerson(
  db: Database | Transaction,
): (ballot: Pick<SealedBallot, 'ballotId' | 'stratumId' | 'channel' | 'sealed' | 'spentTag'>) => Required<Recorded> {
  const { putInUrn, takeFromUrn } = prepareUrn(db)
  const mark = bare(db.insert(spent).values({ tag: sql.placeholder('tag'), stratumId: sql.placeholder('stratumId') }))
  const unmark = bare(db.delete(spent).where(eq(spent.tag, sql.placeholder('tag'))))

  return ({ ballotId, stratumId, channel, sealed, spentTag }) => {
    const isNew = putInUrn.run({ ballotId, stratumId, channel, sealed }).changes === 1
    if (!spentTag) return { outcome: 'recorded', added: isNew ? 1 : 0 }

    // A used code's mark is taken away and put back, and its ballot put in and taken out again: the same pages
    // are written and synced as for an unused code, so the time tells nothing.
    const nobodys = Buffer.from(ballotId)
    nobodys[15]! ^= 1
    const wasUsed = unmark.run({ tag: spentTag }).changes === 1
    mark.run({ tag: spentTag, stratumId })
    if (!wasUsed && !isNew) throw new Error('a ballot of an unused code is already in the urn')
    takeFromUrn.run({ ballotId: wasUsed && isNew ? ballotId : nobodys })
    return { outcome: 'recorded', added: wasUsed ? 0 : 1 }
  }
}

/** Adds once per stratum and channel what was put into the urn, or taken out. Where that is nothing the same pages are written. */
export function prepareCount(
  db: Database | Transaction,
): (entries: { stratumId: string; channel: Channel; added: number }[]) => void {
  const addToCount = bare(
    db
      .insert(urnCounts)
      .values({
        stratumId: sql.placeholder('stratumId'),
        channel: sql.placeholder('channel') as never,
        number: sql.placeholder('number'),
      })
      .onConflictDoUpdate({
        target: [urnCounts.stratumId, urnCounts.channel],
        set: { number: sql`${urnCounts.number} + excluded.number` },
      }),
  )

  return (entries) => {
    const sums = new Map<string, (typeof entries)[number]>()
    for (const { stratumId, channel, added } of entries) {
      const key = `${stratumId} ${channel}`
      const sum = sums.get(key) ?? { stratumId, channel, added: 0 }
      sums.set(key, { ...sum, added: sum.added + added })
    }
    for (const { stratumId, channel, added } of sums.values()) {
      // SQLite writes no page for a row that stays as it is, which would tell a used code: so one is added, and the rest.
      addToCount.run({ stratumId, channel, number: 1 })
      addToCount.run({ stratumId, channel, number: added - 1 })
    }
  }
}
