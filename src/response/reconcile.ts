import type { Database } from '../database/connection.ts'

/**
 * The strata in which the used codes and the ballots that came by code differ in number. There is none unless somebody
 * has changed the database by hand: both are written in one transaction.
 */
export async function unevenStrata(db: Database): Promise<{ stratumId: string; spent: number; ballots: number }[]> {
  return db.$client
    .prepare(
      `select stratum_id as stratumId, sum(spent) as spent, sum(ballots) as ballots from (
         select stratum_id, count(*) as spent, 0 as ballots from spent group by stratum_id
         union all
         select stratum_id, 0, count(*) from urn where channel in ('letter', 'handout', 'email') group by stratum_id
       ) group by stratum_id having sum(spent) <> sum(ballots)`,
    )
    .all() as { stratumId: string; spent: number; ballots: number }[]
}
