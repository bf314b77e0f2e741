import type { Database } from '../../src/database/connection.ts'
import { openCounts, type UrnRow } from '../../src/results/opening.ts'
import { ballotsOf, findOpening } from '../../src/results/store.ts'
import type { TestRound } from './service.ts'

/** How many ballots the opening of a round counted, as whoever has its key can see. */
export async function ballotsCounted(db: Database, { id, key }: Pick<TestRound, 'id' | 'key'>): Promise<number> {
  const { responses } = openCounts(key, (await findOpening(db, id))!.sealedCounts)
  return responses.reduce((sum, { number }) => sum + number, 0)
}

/** All ballots of a round as they lie in its urn. */
export async function ballotsIn(db: Database, roundId: string): Promise<UrnRow[]> {
  const ballots: UrnRow[] = []
  for await (const ballot of ballotsOf(db, roundId)) ballots.push(ballot)
  return ballots
}
