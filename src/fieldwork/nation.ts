import type { Place } from './cells.ts'
import type { ChannelRecord } from './ledger.ts'
import { type Overview, overviewOfNation, sharesOf } from './overview.ts'
import { remember } from './remember.ts'
import { inSlices, sliceSize } from './slices.ts'
import type { DayCount } from './trend.ts'

/** The nation's figures, and its days up to yesterday. */
export interface Nation {
  overview: Overview
  days: DayCount[]
}

/** What is read of a round, each in a moment: the municipalities that take part, what is known of some of them, its days. */
export interface NationReader {
  participants(roundId: string): Promise<string[]>
  ledger(roundId: string, municipalityCodes: string[]): Promise<{ strata: Place[]; records: ChannelRecord[] }>
  dayNames(roundId: string): Promise<string[]>
  days(roundId: string, span: { from: string; until: string }): Promise<DayCount[]>
}

const [secondsKnown, daysAtOnce] = [60, 10]

/** Gives a round's figures as they were at most a minute ago; `forget` when they must be as they are now. */
export type FollowedNation = ((roundId: string) => Promise<Nation>) & { forget: () => void }

/** The nation's figures of a round, worked out a few municipalities at a time and at most once a minute. */
export function followNation(read: NationReader, clock: () => Date): FollowedNation {
  const work = async (roundId: string) => {
    const shares = await inSlices(await read.participants(roundId), sliceSize, async (codes) => {
      const { strata, records } = await read.ledger(roundId, codes)
      return sharesOf(strata, records)
    })
    const days = await inSlices(await read.dayNames(roundId), daysAtOnce, (few) =>
      read.days(roundId, { from: few[0]!, until: few.at(-1)! }),
    )
    return { overview: overviewOfNation(shares.flat()), days: days.flat() }
  }
  return remember(work, secondsKnown, clock)
}
