import { exactly, leavesOpen, type Range, reachOf, sumOf } from '../disclosure/steps.ts'
import { fewestAnswers, fewestOffered } from '../disclosure/thresholds.ts'
import type { ToldNumbers } from '../disclosure/told-numbers.ts'
import type { Channel } from '../invitation/disposition.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import {
  answeredOf,
  byChannel,
  byGroup,
  type ChannelLine,
  channelLine,
  sumUp,
  toldStrata,
  wholeOf,
} from './adding-up.ts'
import type { Place, ToldStratum } from './cells.ts'
import { groupBy } from './group-by.ts'
import type { ChannelRecord } from './ledger.ts'
import { type Line, lineOf } from './line.ts'

export interface Overview {
  total: Line
  groups: (Line & { targetGroup: TargetGroup })[]
  channels: ChannelLine[]
  /** Absent from the nation's overview, which is by municipality. */
  strata: (Line & { stratum: Place })[]
  units: (Line & { unitId: string; unit: string })[]
  /** Of the nation's overview only. */
  municipalities: (Line & { municipalityCode: string; municipality: string })[]
}

/** Of the units of one municipality that somebody works with: what is told of their strata, added up. */
export function overviewOfUnits(strata: Place[], records: ChannelRecord[], told: ToldNumbers): Overview {
  const own = toldStrata(strata, records, told)
  return { ...partsOf(own), total: lineOf(sumUp(own)), channels: channelsOf(own, () => undefined) }
}

/** Of a whole municipality: its total, and its channels where that may be, are told for themselves. */
export function overviewOfMunicipality(strata: Place[], records: ChannelRecord[], told: ToldNumbers): Overview {
  const own = toldStrata(strata, records, told)
  const code = strata[0]?.municipalityCode ?? ''
  return {
    ...partsOf(own),
    total: lineOf({ ...sumUp(own), answered: wholeOf(told.find(code, 'all'), answeredOf(own)) }),
    channels: tellChannels(own, told, code),
  }
}

function partsOf(own: ToldStratum[]) {
  return {
    groups: byGroup(own).map(([targetGroup, members]) => ({ targetGroup, ...lineOf(sumUp(members)) })),
    strata: own.map((one) => ({ stratum: one.stratum, ...lineOf(sumUp([one])) })),
    units: [...groupBy(own, ({ stratum }) => stratum.unitId).values()].map((members) => {
      const { unitId, unit } = members[0]!.stratum
      return { unitId, unit, ...lineOf(sumUp(members)) }
    }),
    municipalities: [],
  }
}

/**
 * All channels of a municipality, or none. They are told where each is at least so many people in each of its strata, and so many
 * answers in all, and where no stratum and no total is narrowed by them: with one letter beside many slips, the slips' number and the
 * stratum's would tell whether the letter was answered.
 */
function tellChannels(own: ToldStratum[], told: ToldNumbers, code: string): ChannelLine[] {
  const cells = own.flatMap((one) => one.cells)
  const lines = channelsOf(own, (channel) => told.find(code, channel))
  const isMany = own.every((one) =>
    one.cells.every(({ channel, offered }) => {
      const atTablets = channel === 'tablet' ? (told.find(one.stratum.id, 'tablet')?.low ?? 0) : 0
      return channel === 'paper' || offered + atTablets >= fewestOffered
    }),
  )
  const others = lines.filter(({ channel }) => channel !== 'paper')
  const ranges = others.map(({ channel }) => told.find(code, channel) ?? exactly(0))
  const isEnough = ranges.every(({ low }) => low >= fewestAnswers)
  const whole = wholeOf(told.find(code, 'all'), answeredOf(own))
  const strata = own.map(({ answered, cells, mostByCode }) =>
    cells.some(({ channel }) => channel === 'tablet')
      ? answered
      : { ...answered, reach: reachOf(answered, mostByCode) },
  )
  const isOpen = leavesOpen(ranges, strata) && leavesOpen(ranges, [{ ...whole, reach: whole.high + 1 }])
  if (others.length <= 1 || (isMany && isEnough && isOpen)) return lines
  return channelsOf(own, () => undefined, cells)
}

function channelsOf(
  own: ToldStratum[],
  find: (channel: Channel) => Range | undefined,
  all = own.flatMap(({ cells }) => cells),
): ChannelLine[] {
  const atTablets = sumOf(own.map((one) => one.atTablets))
  const onPaper = sumOf(own.map((one) => one.onPaper))
  const channels = byChannel(all)
  const isOnly = channels.filter(([channel]) => channel !== 'paper').length === 1
  return channels.map(([channel, cells]) => {
    if (channel === 'paper') return channelLine(channel, cells, onPaper, exactly(0))
    const told = isOnly ? answeredOf(own) : find(channel)
    return channelLine(channel, cells, told, channel === 'tablet' ? atTablets : exactly(0))
  })
}
