import type { ToldDay } from '../disclosure/night.ts'
import { contributionsOf, overviewOfNation } from './nation-overview.ts'
import type { Overview } from './overview.ts'
import type { Ledger } from './overview-store.ts'
import { remember } from './remember.ts'
import { inSlices, sliceSize } from './slices.ts'

/** The nation's figures, and its days. */
export interface Nation {
  overview: Overview
  days: ToldDay[]
}

/** What is read of a round, each in a moment: the municipalities that take part, what is known of some of them, its days. */
export interface NationReader {
  participants(roundId: string): Promise<string[]>
  ledger(roundId: string, municipalityCodes: string[]): Promise<Ledger>
  days(roundId: string): Promise<ToldDay[]>
}

const minutesKnown = 1

/** Gives a round's figures as they were at most a minute ago; `forget` when they must be as they are now. */
export type FollowedNation = ((roundId: string) => Promise<Nation>) & { forget: () => void }

/** The nation's figures of a round, worked out a few municipalities at a time and at most once a minute. */
export function followNation(read: NationReader, clock: () => Date): FollowedNation {
  const work = async (roundId: string) => {
    const contributions = await inSlices(await read.participants(roundId), sliceSize, async (codes) => {
      const { strata, records, told } = await read.ledger(roundId, codes)
      return contributionsOf(strata, records, told)
    })
    const { told } = await read.ledger(roundId, [])
    return { overview: overviewOfNation(contributions.flat(), told), days: await read.days(roundId) }
  }
  return remember(work, minutesKnown, clock)
}
