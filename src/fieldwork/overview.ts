import { exactly, leavesOpen, type Range, reachOf, sumOf } from '../disclosure/steps.ts'
import { fewestAnswers, fewestOffered } from '../disclosure/thresholds.ts'
import type { ToldNumbers } from '../disclosure/told-numbers.ts'
import type { Channel } from '../invitation/disposition.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { type Cell, type Place, type ToldStratum, toldStratum } from './cells.ts'
import { groupBy } from './group-by.ts'
import type { ChannelRecord } from './ledger.ts'
import { type Counted, type Line, lineOf } from './line.ts'

/** How one channel goes. `responded` and `rate` are absent where it is not told by which channel people answered. */
export interface ChannelLine extends Omit<Line, 'responded'> {
  channel: Channel
  responded?: Range
}

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
    total: lineOf({ ...sumUp(own), answered: told.find(code, 'all') ?? answeredOf(own) }),
    channels: tellChannels(own, told, code),
  }
}

export function toldStrata(strata: Place[], records: ChannelRecord[], told: ToldNumbers): ToldStratum[] {
  const recordsOf = groupBy(records, ({ stratumId }) => stratumId)
  return strata.map((stratum) => toldStratum(stratum, recordsOf.get(stratum.id) ?? [], told))
}

/** Both are told: the one that says more. */
export const narrower = (one: Range | undefined, other: Range): Range =>
  one && one.high - one.low < other.high - other.low ? one : other

/** Of a channel that is told for the nation; where few municipalities take part it lies anywhere from 0. */
export const enough = (range: Range | undefined) => (range && range.low >= fewestAnswers ? range : undefined)

export const answeredOf = (strata: ToldStratum[]) => sumOf(strata.map(({ answered }) => answered))

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
  const whole = told.find(code, 'all') ?? answeredOf(own)
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

export function channelLine(
  channel: Channel,
  cells: Cell[],
  answered: Range | undefined,
  atTablets: Range,
): ChannelLine {
  const at = channel === 'tablet' && answered ? answered : atTablets
  const mostByCode = channel === 'tablet' ? 0 : (answered?.high ?? 0)
  const none = { onPaper: exactly(0), problems: [] }
  const line = lineOf({ ...countCells(cells), atTablets: at, answered: answered ?? exactly(0), mostByCode, ...none })
  if (answered) return { channel, ...line }
  const { responded: _, rate: __, ...untold } = line
  return { channel, ...untold }
}

export function sumUp(own: ToldStratum[]): Counted {
  return {
    ...countCells(own.flatMap(({ cells }) => cells)),
    answered: answeredOf(own),
    atTablets: sumOf(own.map(({ atTablets }) => atTablets)),
    mostByCode: own.reduce((sum, one) => sum + one.mostByCode, 0),
    onPaper: sumOf(own.map(({ onPaper }) => onPaper)),
    problems: own.flatMap(({ problems }) => problems),
  }
}

function countCells(cells: Cell[]) {
  const sum = { offered: 0, declined: 0, undeliverable: 0 }
  for (const { offered, declined, undeliverable } of cells) {
    sum.offered += offered
    sum.declined += declined
    sum.undeliverable += undeliverable
  }
  return sum
}

export function add(all: Counted[]): Counted {
  const sum = (of: (one: Counted) => number) => all.reduce((total, one) => total + of(one), 0)
  return {
    offered: sum(({ offered }) => offered),
    declined: sum(({ declined }) => declined),
    undeliverable: sum(({ undeliverable }) => undeliverable),
    mostByCode: sum(({ mostByCode }) => mostByCode),
    onPaper: sumOf(all.map(({ onPaper }) => onPaper)),
    answered: sumOf(all.map(({ answered }) => answered)),
    atTablets: sumOf(all.map(({ atTablets }) => atTablets)),
    problems: all.flatMap(({ problems }) => problems),
  }
}

export const byGroup = (strata: ToldStratum[]) => sorted(groupBy(strata, ({ stratum }) => stratum.targetGroup))
export const byChannel = (cells: Cell[]) => sorted(groupBy(cells, ({ channel }) => channel))
export const sorted = <K extends string, V>(groups: Map<K, V>) => [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
