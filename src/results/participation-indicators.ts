import type { Figure } from '../disclosure/cells.ts'
import { tellNumbers } from '../disclosure/figures.ts'
import { fewestOpenOffers } from '../disclosure/thresholds.ts'
import type { Place } from '../fieldwork/cells.ts'
import { groupBy } from '../fieldwork/group-by.ts'
import { type ChannelRecord, knownOffersOf } from '../fieldwork/ledger.ts'
import { roundedQuotient, wholePercent } from '../statistics/rounding.ts'
import { sum } from '../statistics/sum.ts'
import { cellsOf, responsesBy } from './cells.ts'
import type { Indicator } from './indicator.ts'
import { type Participation, pooledParticipation } from './response-rate.ts'
import { type Sets, textOfSet } from './sets.ts'
import type { ResponseCount } from './tally.ts'

/** What participation is worked out from. */
export interface ParticipationGround {
  places: readonly Place[]
  sets: Sets
  /** What staff counted in each stratum and channel. */
  records: readonly ChannelRecord[]
  /** How many answered, as far as it is told. */
  told: readonly Figure[]
}

/** How many answered, how many were offered, and the rate. */
export function participationIndicators(responses: readonly ResponseCount[], ground: ParticipationGround): Indicator[] {
  const { places, sets, records, told } = ground
  const tell = (some: readonly ResponseCount[]) => tellNumbers(cellsOf(places, responsesBy(some)))
  const [atTablets, otherwise] = [true, false].map((isTablet) => {
    const its = tell(responses.filter(({ channel }) => (channel === 'tablet') === isTablet))
    return new Map(its.map((indicator) => [textOfSet(indicator), indicator.status]))
  }) as [Map<string, string>, Map<string, string>]
  const isApart = (statuses: Map<string, string>, indicator: Indicator) =>
    ['shown', 'nobody'].includes(statuses.get(textOfSet(indicator))!)
  const partsOf = participationByStratum(responses, records)

  return told.flatMap(({ status, people, ...key }) => {
    const indicator: Indicator = { ...key, measure: 'responses', question: '', part: '', status, value: people, people }
    if (status !== 'shown' || people === undefined) return [indicator]
    const participation = pooledParticipation(sets(key).flatMap((stratumId) => partsOf(stratumId)))
    const isExact = isApart(atTablets, indicator) && isApart(otherwise, indicator)
    return [indicator, ...rateIndicators(indicator, participation, isExact)]
  })
}

/**
 * Who was offered and who answered, by stratum and channel. Each answer at a tablet is an offer, for nobody counts those who were shown it
 * and answered.
 */
function participationByStratum(
  responses: readonly ResponseCount[],
  records: readonly ChannelRecord[],
): (stratumId: string) => Participation[] {
  const answered = groupBy(responses, ({ stratumId }) => stratumId)
  const known = groupBy(records, ({ stratumId }) => stratumId)
  return (stratumId) => {
    const [own, offers] = [answered.get(stratumId) ?? [], known.get(stratumId) ?? []]
    const channels = new Set([...own, ...offers].map(({ channel }) => channel))
    return [...channels].map((channel) => {
      const number = sum(own.filter((count) => count.channel === channel).map((count) => count.number))
      const offered = sum(
        offers.filter((record) => record.channel === channel).map((record) => knownOffersOf(record).offered),
      )
      return { offered: channel === 'tablet' ? offered + number : offered, responses: number }
    })
  }
}

/**
 * The rate, and the number that were offered. Those who work there know how many codes went out: from the number offered they would know
 * how many answered at a tablet, and how many with a code. Where one of the two may not be told, the number is kept back, and the rate
 * with it where it leaves too few numbers open.
 */
function rateIndicators(
  indicator: Indicator,
  { offered, responses, isAtMost }: Participation & { isAtMost: boolean },
  isExact: boolean,
): Indicator[] {
  if (offered === 0 || (isAtMost && offered === responses)) return [] // a tally is missing, and nothing else is known
  const { people: _, value: __, ...key } = indicator
  const percent = wholePercent(responses, offered)
  const rate: Indicator = { ...key, measure: 'rate', part: isAtMost ? 'at-most' : '', value: percent }
  const number: Indicator = { ...key, measure: 'offered', value: offered, people: offered }
  if (isExact) return [number, { ...rate, people: offered }]
  const kept: Indicator = { ...key, measure: 'offered', status: 'protected' }
  if (openOffers(responses, percent) >= fewestOpenOffers) return [kept, rate]
  return [kept, { ...key, measure: 'rate', status: 'protected' }]
}

/** How many numbers of offers go with so many responses and a rate in whole per cent. */
function openOffers(responses: number, percent: number): number {
  if (percent === 0) return Number.POSITIVE_INFINITY
  const most = Math.floor((200 * responses) / (2 * percent - 1))
  const least = Math.max(responses, roundedQuotient(200 * responses, 2 * percent + 1))
  return most - least + 1
}
