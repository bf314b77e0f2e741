import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { type MayCount, mayTally, requireCounting } from './counting-store.ts'
import type { Channel, TalliedDisposition } from './disposition.ts'
import { tallies } from './tables.ts'

/** The channels and tallies that belong together: a tally elsewhere would count somebody twice or not at all. */
const tallyChannels: Record<TalliedDisposition, readonly Channel[]> = {
  handed_out: ['paper'],
  declined: ['handout', 'tablet', 'paper'],
  declined_with_code: ['letter', 'handout', 'email'],
}

/** What is added to one tally; a negative number takes back what was counted too much. */
export interface TallyChange {
  stratumId: string
  channel: Channel
  disposition: TalliedDisposition
  number: number
}

/**
 * Adds to tallies: to all of them, or to none.
 * @param mayCount `mayTally` where nothing else is said
 * @throws DomainError `invalid` when a channel has no such tally, or one would fall below zero: its `stratumId`, `disposition` and how
 * many were `counted` are the values of it. `conflict` when nothing can be counted, `not-found` when there is no such stratum.
 */
export async function addToTallies(db: Database, changes: TallyChange[], mayCount = mayTally): Promise<void> {
  await transaction(db, function* (tx) {
    for (const { stratumId } of changes) yield* requireCounting(tx, stratumId, mayCount)
    for (const change of changes) yield* addTo(tx, change)
  })
}

/** The same for one tally. */
export const addToTally = (db: Database, change: TallyChange, mayCount?: MayCount): Promise<void> =>
  addToTallies(db, [change], mayCount)

function* addTo(tx: Transaction, { stratumId, channel, disposition, number }: TallyChange): Steps<void> {
  if (!tallyChannels[disposition].includes(channel)) {
    throw new DomainError('invalid', `The channel ${channel} has no tally of ${disposition}.`)
  }
  const key = and(eq(tallies.stratumId, stratumId), eq(tallies.channel, channel), eq(tallies.disposition, disposition))
  const [{ number: counted } = { number: 0 }] = yield* step(
    tx.select({ number: tallies.number }).from(tallies).where(key).all(),
  )
  const sum = counted + number
  if (sum < 0) {
    const values = { stratumId, disposition, counted }
    throw new DomainError('invalid', `Only ${counted} were counted: ${-number} cannot be taken back.`, { values })
  }
  yield* step(
    tx
      .insert(tallies)
      .values({ stratumId, channel, disposition, number: sum })
      .onConflictDoUpdate({ target: [tallies.stratumId, tallies.channel, tallies.disposition], set: { number: sum } })
      .run(),
  )
}
