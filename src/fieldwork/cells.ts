import { exactly, type Range } from '../disclosure/steps.ts'
import { nothingTold } from '../disclosure/told.ts'
import type { ToldNumbers } from '../disclosure/told-numbers.ts'
import type { Channel } from '../invitation/disposition.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { type ChannelRecord, knownOffersOf, mostAnswers } from './ledger.ts'

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
  /** Those who answered otherwise than on paper: forms are entered by staff, who know their number. */
  answered: Range
  onPaper: number
  /** Of those who answered otherwise, at tablets. */
  atTablets: Range
  /** And how many can have done so with a code at most. */
  mostByCode: number
  cells: Cell[]
  problems: Problem[]
}

/** Channels are told apart only where each is at least so many people, and answers. */
export const [fewestOffered, fewestAnswers] = [20, 5]

/** Puts together what staff count of a stratum and what was told of its answers last night. Where nothing was offered nobody answered. */
export function toldStratum(stratum: Place, records: ChannelRecord[], told: ToldNumbers): ToldStratum {
  const { low, high } = canHaveAnswers(records) ? (told.find(stratum.id, 'all') ?? nothingTold) : exactly(0)
  const onPaper = told.find(stratum.id, 'paper')?.low ?? 0
  const cells = withPaper(records, stratum, onPaper).map((record) => cellOfRecord(record, stratum, onPaper))
  const mostByCode = records.reduce((sum, record) => sum + mostAnswers(record), 0)
  const problems = problemsOf(records, stratum.id, onPaper)
  const answered = { low, high }
  const atTablets = answersAtTablets(stratum, { answered, cells, mostByCode }, told)
  const isMore = low + onPaper > cells.reduce((sum, { offered }) => sum + offered, 0) + atTablets.high
  if (isMore && problems.length === 0) problems.push({ kind: 'more-answers', stratumId: stratum.id })
  return { stratum, answered, onPaper, atTablets, mostByCode, cells, problems }
}

/** Whether anybody can have answered otherwise than on paper: a code went out, or is in stock, or there is a tablet. */
export const canHaveAnswers = (records: ChannelRecord[]): boolean =>
  records.some((record) => record.channel === 'tablet' || mostAnswers(record) > 0)

/** Forms may have come back before any was noted as handed out. */
function withPaper(records: ChannelRecord[], { id }: Place, onPaper: number): ChannelRecord[] {
  if (onPaper === 0 || records.some(({ channel }) => channel === 'paper')) return records
  const nothing = { wentOut: 0, undeliverable: 0, unsettledBatches: 0, stock: 0, tallied: {} }
  return [...records, { stratumId: id, channel: 'paper', ...nothing }]
}

function cellOfRecord(record: ChannelRecord, { municipalityCode }: Place, onPaper: number): Cell {
  const { channel, tallied } = record
  const { offered, ...others } = knownOffersOf(record)
  const handedOut = tallied.handed_out ?? 0
  const back = channel === 'paper' ? Math.max(0, onPaper - handedOut) : 0
  return { channel, municipalityCode, offered: offered + back, ...others }
}

function problemsOf(records: ChannelRecord[], stratumId: string, onPaper: number): Problem[] {
  const handedOut = records.find(({ channel }) => channel === 'paper')?.tallied.handed_out ?? 0
  const untallied: Problem[] = onPaper > 0 && handedOut === 0 ? [{ kind: 'no-tally', stratumId, channel: 'paper' }] : []
  const unsettled = records.filter(({ unsettledBatches }) => unsettledBatches > 0)
  return [...untallied, ...unsettled.map(({ channel }) => ({ kind: 'unsettled' as const, stratumId, channel }))]
}

/**
 * How many of a stratum's answers came at tablets. Told for itself only where many others were offered and have answered: else it
 * is what follows from the whole, for with one letter beside a tablet the two numbers would tell whether the letter was answered.
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
  const isMany = offered >= fewestOffered && answered.low - own.high >= fewestAnswers
  return isMany ? { low: own.low, high: own.high } : follows
}
