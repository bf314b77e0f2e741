import { exactly, type Range, sumOf } from '../disclosure/steps.ts'
import { fewestAnswers } from '../disclosure/thresholds.ts'
import type { ToldNumbers } from '../disclosure/told-numbers.ts'
import type { Channel } from '../invitation/disposition.ts'
import { type Cell, type Place, type ToldStratum, toldStratum } from './cells.ts'
import { groupBy } from './group-by.ts'
import type { ChannelRecord } from './ledger.ts'
import { type Counted, type Line, lineOf } from './line.ts'

/** How one channel goes. `responded` and `rate` are absent where it is not told by which channel people answered. */
export interface ChannelLine extends Omit<Line, 'responded'> {
  channel: Channel
  responded?: Range
}

export function toldStrata(strata: Place[], records: ChannelRecord[], told: ToldNumbers): ToldStratum[] {
  const recordsOf = groupBy(records, ({ stratumId }) => stratumId)
  return strata.map((stratum) => toldStratum(stratum, recordsOf.get(stratum.id) ?? [], told))
}

/**
 * What is told of a whole. Where that is that there are none, nobody could have answered on that evening: then it is what follows from its
 * parts, of which some may have answered since codes went out.
 */
export const wholeOf = (told: Range | undefined, parts: Range): Range => (told && told.high > 0 ? told : parts)

/** Both are told: the one that says more. */
export const narrower = (one: Range | undefined, other: Range): Range =>
  one && one.high - one.low < other.high - other.low ? one : other

/** Of a channel that is told for the nation; where few municipalities take part it lies anywhere from 0. */
export const enough = (range: Range | undefined) => (range && range.low >= fewestAnswers ? range : undefined)

export const answeredOf = (strata: ToldStratum[]) => sumOf(strata.map(({ answered }) => answered))

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
