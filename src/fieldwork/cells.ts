import { exactly, type Range } from '../disclosure/steps.ts'
import { fewestAnswers, fewestOffered, fewestPossible } from '../disclosure/thresholds.ts'
import { nothingTold } from '../disclosure/told.ts'
import type { ToldNumbers } from '../disclosure/told-numbers.ts'
import type { Channel } from '../invitation/disposition.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { type ChannelRecord, handedOut, knownOffersOf, mostAnswers } from './ledger.ts'

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
  /** Absent where it is not known by which channel the answers came. */
  channel?: Channel
}

/** One channel of one stratum, as staff count it. `offered` leaves out answers at tablets, of which each is an offer as well. */
export interface Cell {
  channel: Channel
  municipalityCode: string
  offered: number
  declined: number
  undeliverable: number
}

/** A stratum, what is told of its answers, and its channels. */
export interface ToldStratum {
  stratum: Place
  /** Those who answered otherwise than on paper without a code: whoever enters such forms knows their number, and must not walk this one. */
  answered: Range
  onPaper: Range
  /** Of those who answered otherwise, at tablets. */
  atTablets: Range
  /** And how many can have done so with a code at most. */
  mostByCode: number
  cells: Cell[]
  problems: Problem[]
}

/** Puts together what staff count of a stratum and what was told of its answers last night. */
export function toldStratum(stratum: Place, records: ChannelRecord[], told: ToldNumbers): ToldStratum {
  const { low, high } = toldAnswers(records, told.find(stratum.id, 'all') ?? nothingTold)
  const onPaper = toldPaper(records, told.find(stratum.id, 'paper') ?? nothingTold)
  const cells = withPaper(records, stratum, onPaper).map((record) => cellOfRecord(record, stratum, onPaper))
  const mostByCode = records.reduce((sum, record) => sum + mostAnswers(record), 0)
  const problems = problemsOf(records, stratum.id, onPaper)
  const answered = { low, high }
  const atTablets = answersAtTablets(stratum, { answered, cells, mostByCode }, told)
  const isMore = low + onPaper.low > cells.reduce((sum, { offered }) => sum + offered, 0) + atTablets.high
  if (isMore && problems.length === 0) problems.push({ kind: 'more-answers', stratumId: stratum.id })
  return { stratum, answered, onPaper, atTablets, mostByCode, cells, problems }
}

/**
 * What is told of the answers of a stratum. Nobody can have answered where no code went out, none is in stock, and there is no tablet;
 * but where a step was told it stays, for what is counted as left over may have been answered.
 */
export const toldAnswers = (records: ChannelRecord[], { low, high }: Range): Range =>
  low > 0 || records.some((record) => record.channel === 'tablet' || mostAnswers(record) > 0)
    ? { low, high }
    : exactly(0)

/**
 * What is told of a stratum's forms without a code that came back. In the first step no more than were handed out, as far as staff have
 * counted: so there are none where no paper is used, and where one form was handed out, "none or one" stays as it is when it comes.
 */
function toldPaper(records: ChannelRecord[], { low, high }: Range): Range {
  return { low, high: low > 0 ? high : Math.min(high, handedOut(records)) }
}

/** Forms may have come back before any was noted as handed out. */
function withPaper(records: ChannelRecord[], { id }: Place, onPaper: Range): ChannelRecord[] {
  if (onPaper.low === 0 || records.some(({ channel }) => channel === 'paper')) return records
  const nothing = { wentOut: 0, undeliverable: 0, unsettledBatches: 0, stock: 0, tallied: {} }
  return [...records, { stratumId: id, channel: 'paper', ...nothing }]
}

function cellOfRecord(record: ChannelRecord, { municipalityCode }: Place, onPaper: Range): Cell {
  const { channel } = record
  const { offered, ...others } = knownOffersOf(record)
  const back = channel === 'paper' ? Math.max(0, onPaper.low - handedOut([record])) : 0
  return { channel, municipalityCode, offered: offered + back, ...others }
}

function problemsOf(records: ChannelRecord[], stratumId: string, onPaper: Range): Problem[] {
  const isUntallied = onPaper.low > 0 && handedOut(records) === 0
  const untallied: Problem[] = isUntallied ? [{ kind: 'no-tally', stratumId, channel: 'paper' }] : []
  const unsettled = records.filter(({ unsettledBatches }) => unsettledBatches > 0)
  return [...untallied, ...unsettled.map(({ channel }) => ({ kind: 'unsettled' as const, stratumId, channel }))]
}

/**
 * How many of a stratum's answers came at tablets. Told for itself only where many others were offered and have answered: else it
 * is what follows from the whole, for with one letter beside a tablet the two numbers would tell whether the letter was answered. Nor is
 * it told where nearly all codes must have been used then.
 */
function answersAtTablets(
  { id }: Place,
  { answered, cells, mostByCode }: Pick<ToldStratum, 'answered' | 'cells' | 'mostByCode'>,
  told: ToldNumbers,
): Range {
  if (!cells.some(({ channel }) => channel === 'tablet')) return { low: 0, high: 0 }
  const follows = { low: Math.max(0, answered.low - mostByCode), high: answered.high }
  const own = told.find(id, 'tablet') ?? nothingTold
  const byCode = cells.filter(({ channel }) => channel !== 'tablet' && channel !== 'paper')
  const offered = byCode.reduce((sum, cell) => sum + cell.offered, 0)
  const leastByCode = answered.low - own.high
  const isMany = offered >= fewestOffered && leastByCode >= fewestAnswers
  const isOpen = Math.min(offered, mostByCode) - leastByCode + 1 >= fewestPossible
  return isMany && isOpen ? { low: own.low, high: own.high } : follows
}
