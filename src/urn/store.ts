import { eq, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { patiently, type Run } from '../database/patience.ts'
import type { Channel } from '../invitation/disposition.ts'
import { strata } from '../organisation/tables.ts'
import { rounds } from '../round/tables.ts'

/** The public key of a stratum's round, to seal with; `undefined` when there is no such stratum. Prepared, for it is asked at every answer. */
export function prepareFindPublicKey(
  db: Database,
  run: Run = patiently,
): (stratumId: string) => Promise<Buffer | undefined> {
  const find = db
    .select({ publicKey: rounds.publicKey })
    .from(strata)
    .innerJoin(rounds, eq(rounds.id, strata.roundId))
    .where(eq(strata.id, sql.placeholder('stratumId')))
    .prepare()
  const known = new Map<string, Buffer>() // the key of a round never changes

  return async (stratumId) => {
    const publicKey = known.get(stratumId) ?? (await run(async () => (await find.get({ stratumId }))?.publicKey))
    if (publicKey) known.set(stratumId, publicKey)
    return publicKey
  }
}

/**
 * The strata in which the used codes and the ballots that came by code differ in number. There is none unless somebody
 * has changed the database by hand: both are written in one transaction.
 */
export async function unevenStrata(db: Database): Promise<{ stratumId: string; spent: number; ballots: number }[]> {
  return db.all(
    sql`select stratum_id as "stratumId", sum(spent) as spent, sum(ballots) as ballots from (
        select stratum_id, count(*) as spent, 0 as ballots from spent group by stratum_id
        union all
        select stratum_id, 0, count(*) from urn where channel in ('letter', 'handout', 'email') group by stratum_id
      ) as both group by stratum_id having sum(spent) <> sum(ballots)`,
  )
}

/**
 * The strata and channels whose count of ballots is not what lies in the urn: none, for the same reason. Of a round that was opened there
 * is no count.
 */
export async function wrongCounts(db: Database): Promise<{ stratumId: string; channel: Channel }[]> {
  return db.all(
    sql`select stratum_id as "stratumId", channel from (
        select stratum_id, channel, number from urn_counts
        union all
        select stratum_id, channel, -count(*) from urn
          where stratum_id not in (select strata.id from strata join openings on openings.round_id = strata.round_id)
          group by stratum_id, channel
      ) as counts group by stratum_id, channel having sum(number) <> 0`,
  )
}
