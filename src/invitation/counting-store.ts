import { eq } from 'drizzle-orm'
import type { Transaction } from '../database/connection.ts'
import { type Steps, step } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { strata } from '../organisation/tables.ts'
import { phaseOf, type Round } from '../round/round.ts'
import { rounds } from '../round/tables.ts'
import { canBeCounted } from './batch.ts'

/** Whether what was offered in a round can still be said. */
export type MayCount = (round: Pick<Round, 'state' | 'isPaused'>) => boolean

/** From the first day of a collection until the results are released: people are counted who were offered something. */
export const mayTally: MayCount = (round) => phaseOf(round) !== 'not-open' && canBeCounted(round)

/**
 * The first step of whatever says what was offered in a stratum: a page has asked the same before, and its round may be another since.
 * @param mayCount until the results are released, where nothing else is said
 * @throws DomainError `conflict` when it cannot be said; `not-found` when there is no such stratum.
 */
export function* requireCounting(tx: Transaction, stratumId: string, mayCount: MayCount = canBeCounted): Steps<void> {
  const [round] = yield* step(
    tx
      .select({ id: rounds.id, state: rounds.state, isPaused: rounds.isPaused })
      .from(strata)
      .innerJoin(rounds, eq(rounds.id, strata.roundId))
      .where(eq(strata.id, stratumId))
      .all(),
  )
  if (!round) throw new DomainError('not-found', `There is no stratum ${stratumId}.`)
  if (!mayCount(round))
    throw new DomainError('conflict', `Round ${round.id} is ${round.state}: nothing is counted now.`)
}
