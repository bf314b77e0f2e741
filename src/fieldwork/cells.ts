import type { Channel } from '../invitation/disposition.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { type ChannelRecord, dispositionsOf } from './ledger.ts'
import { exactly, isExact, type Range, stepOf, type Veiled } from './steps.ts'

/** A stratum with the names of where it is. */
export interface Place {
  id: string
  unitId: string
  unit: string
  municipalityCode: string
  municipality: string
  targetGroup: TargetGroup
}

/** What keeps a rate from being the whole truth, and where. `more-answers`: more came in than were offered. */
export interface Problem {
  kind: 'no-tally' | 'more-answers' | 'unsettled'
  stratumId: string
  /** Absent where the channels of a small stratum are not told apart. */
  channel?: Channel
}

/** One channel of one stratum. `declined` and `undeliverable` are counted by staff and always told. */
export interface Cell {
  channel: Channel
  municipalityCode: string
  offered: Veiled
  responded: Veiled
  declined: number
  undeliverable: number
  problems: Problem[]
}

/** A stratum, what of its answers may be told, and its channels. */
export interface VeiledStratum {
  stratum: Place
  responded: Veiled
  cells: Cell[]
}

/** How many of a stratum answered, as the step in which it lies where it is small; and of its channels no more than follows from that. */
export function veilStratum(stratum: Place, records: ChannelRecord[]): VeiledStratum {
  const number = records.reduce((sum, { responded }) => sum + responded, 0)
  const range = within(stepOf(number), capOf(records))
  return {
    stratum,
    responded: { number, range },
    cells: records.map((record) => veilChannel(record, stratum, range, records.length === 1)),
  }
}

/** More cannot have answered than have a code, which staff know: a step is no wider than that. */
function capOf(records: ChannelRecord[]): number {
  return records.reduce((sum, record) => sum + codesOf(record), 0)
}

function codesOf({ channel, wentOut, undeliverable, stock }: ChannelRecord): number {
  return channel === 'tablet' || channel === 'paper' ? Number.POSITIVE_INFINITY : wentOut - undeliverable + stock
}

const within = ({ low, high }: Range, cap: number): Range => ({ low, high: cap < low ? high : Math.min(high, cap) })

function veilChannel(record: ChannelRecord, { municipalityCode }: Place, whole: Range, isOnly: boolean): Cell {
  const { channel, responded, stratumId, unsettledBatches, tallied } = record
  const dispositions = dispositionsOf(record)
  const range = isExact(whole)
    ? exactly(responded)
    : isOnly
      ? whole
      : within({ low: 0, high: whole.high }, codesOf(record))
  // At a tablet each answer is an offer, so offers are told no further than answers.
  const offered = isExact(range)
    ? exactly(dispositions.offered)
    : { low: offeredIf(record, range.low), high: offeredIf(record, range.high) }
  const isUntallied = channel === 'paper' ? !tallied.handed_out && range.low > 0 : range.low > offered.high
  const problems: Problem[] = []
  if (isUntallied)
    problems.push({ kind: offered.high > 0 && channel !== 'paper' ? 'more-answers' : 'no-tally', stratumId, channel })
  if (unsettledBatches > 0) problems.push({ kind: 'unsettled', stratumId, channel })
  const { declined, undeliverable } = dispositions
  return {
    ...{ channel, municipalityCode, declined, undeliverable, problems },
    offered: { number: dispositions.offered, range: offered },
    responded: { number: responded, range },
  }
}

const offeredIf = (record: ChannelRecord, responded: number) => dispositionsOf({ ...record, responded }).offered
