import { and, eq, gt, or, sql } from 'drizzle-orm'
import { type Database, onSQLite } from '../database/connection.ts'
import { rounds } from '../round/tables.ts'
import { prepareCount, prepareRecordOfPerson } from './record-person.ts'
import type { BundlePlace, Outcome, Recorded, SealedBallot } from './sealed-ballot.ts'

/** What else happens with ballots that no person sends: in the same transaction, so that after a crash all of it is there or nothing. */
export interface OtherChannels {
  tablet: {
    record(ballot: SealedBallot, tabletId: string): Recorded
    /** Whether it was brought while the round took it: the answer to that may have been lost on its way. */
    wasTaken(ballot: SealedBallot): boolean
  }
  paper: {
    /** A form of a bundle in which work goes on. */
    inBundle(ballot: SealedBallot, bundle: BundlePlace): Recorded
    /** One that waits until the close. */
    untilClose(ballot: SealedBallot): Recorded
  }
}

/**
 * Prepares writing a group in one transaction: all of it or, when it throws, nothing. A tablet's ballots are taken for a while after the
 * close; one that was taken in time stays so, also for a tablet that hears of it too late.
 */
export function prepareWrite(
  db: Database,
  { tablet, paper }: Partial<OtherChannels>,
  clock = () => new Date(),
): (group: SealedBallot[]) => Outcome[] {
  const sqlite = onSQLite(db)
  const takes = sqlite
    .select({ id: rounds.id })
    .from(rounds)
    .where(
      and(
        eq(rounds.id, sql.placeholder('roundId')),
        or(
          eq(rounds.state, 'collecting'),
          and(eq(rounds.state, 'closed'), sql.placeholder('late'), gt(rounds.lateUntil, sql.placeholder('now'))),
        ),
      ),
    )
    .prepare()
  const count = prepareCount(db)
  const recordOfPerson = prepareRecordOfPerson(db)

  function record(ballot: SealedBallot): Recorded {
    const { tabletId, bundle, waits } = ballot
    if (tabletId !== undefined) return tablet!.record(ballot, tabletId)
    if (bundle !== undefined) return paper!.inBundle(ballot, bundle)
    return waits ? paper!.untilClose(ballot) : recordOfPerson(ballot)
  }

  return (group) =>
    sqlite.transaction(
      () => {
        const now = clock().toISOString()
        const open = new Map<string, boolean>()
        const isOpen = (roundId: string, late: boolean) => {
          const key = `${roundId} ${late}`
          const known = open.get(key)
          if (known !== undefined) return known
          const found = takes.get({ roundId, late: Number(late), now }) !== undefined
          open.set(key, found)
          return found
        }
        const entries: Parameters<typeof count>[0] = []
        const outcomes = group.map((ballot) => {
          const { roundId, tabletId, stratumId, channel } = ballot
          const isOfTablet = tabletId !== undefined
          if (!isOpen(roundId, isOfTablet)) return isOfTablet && tablet!.wasTaken(ballot) ? 'recorded' : 'closed'
          const { outcome, added } = record(ballot)
          if (added !== undefined) entries.push({ stratumId, channel, added })
          return outcome
        })
        count(entries)
        return outcomes
      },
      { behavior: 'immediate' },
    )
}
