import type { Night } from '../disclosure/night.ts'
import { type Part, partOf, type Range, reachOf } from '../disclosure/steps.ts'
import { spareWhereCrossed } from '../disclosure/thresholds.ts'
import { tellAnew, tellSumAnew } from '../disclosure/told.ts'
import { nationPlace, ToldNumbers } from '../disclosure/told-numbers.ts'
import type { Channel } from '../invitation/disposition.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { type Place, toldAnswers } from './cells.ts'
import { groupBy } from './group-by.ts'
import { type ChannelRecord, handedOut, mostAnswers } from './ledger.ts'
import { type Contribution, contributionsOf, lineOfContribution, overviewOfNation } from './nation-overview.ts'

/** How many ballots of a stratum and channel are in the urn tonight. Nothing that serves a page may hold one of these. */
export interface Answered {
  stratumId: string
  channel: Channel
  number: number
}

/** What a municipality gives to the nation tonight: the numbers, and what is told of them. */
interface NightContribution {
  number: number
  told: Part
  parts: Map<NationPart, { number: number; told: Part }>
}

/** What there is of a stratum, by its id. */
type Find<T> = ReadonlyMap<string, T[]>

type NationPart = Channel | TargetGroup | `${TargetGroup} at tablets`

/** Works out what is told of a municipality from tonight on, by what was told of it before. */
function tellMunicipality(
  strata: Place[],
  {
    answeredOf,
    recordsOf,
    before,
  }: { answeredOf: Find<Answered>; recordsOf: Find<ChannelRecord>; before: ToldNumbers },
) {
  const told = new ToldNumbers()
  const contribution: NightContribution = { number: 0, told: partOf([]), parts: new Map() }
  const give = (part: NationPart, number: number, its: Part) => {
    const sum = contribution.parts.get(part) ?? { number: 0, told: partOf([]) }
    contribution.parts.set(part, { number: sum.number + number, told: partOf([sum.told, its]) })
  }
  const byChannel = new Map<Channel, number>()
  const parts: Part[] = []
  for (const { id, targetGroup } of strata) {
    const answered = answeredOf.get(id) ?? []
    const own = answered.filter(({ channel }) => channel !== 'paper')
    const known = recordsOf.get(id) ?? []
    const number = own.reduce((sum, one) => sum + one.number, 0)
    const most = mostOf(known)
    const whole = tellAnew(before.find(id, 'all'), number, most)
    told.set(id, 'all', whole)
    const part = { ...toldAnswers(known, whole), reach: reachOf(whole, most) }
    parts.push(part)
    contribution.number += number
    give(targetGroup, number, part)
    for (const one of own) byChannel.set(one.channel, (byChannel.get(one.channel) ?? 0) + one.number)

    const tablet = own.find(({ channel }) => channel === 'tablet')?.number ?? 0
    const atTablets = tellAnew(before.find(id, 'tablet'), tablet)
    told.set(id, 'tablet', atTablets)
    give(`${targetGroup} at tablets`, tablet, widely(atTablets, whole))
    const paper = answered.find(({ channel }) => channel === 'paper')?.number ?? 0
    if (paper > 0) told.set(id, 'paper', tellAnew(before.find(id, 'paper'), paper, handedOut(known)))
  }
  const [first] = strata
  if (!first) return { told, contribution }
  const total = tellSumAnew(before.find(first.municipalityCode, 'all'), contribution.number, parts)
  told.set(first.municipalityCode, 'all', total)
  contribution.told = { ...total, reach: Math.min(reachOf(total), partOf(parts).reach!) }
  for (const [channel, number] of byChannel) {
    const known = strata.flatMap(({ id }) => recordsOf.get(id) ?? []).filter((record) => record.channel === channel)
    const most = mostOf(known)
    const its = tellAnew(before.find(first.municipalityCode, channel), number, most)
    told.set(first.municipalityCode, channel, its)
    give(channel, number, widely(its, total, most))
  }
  return { told, contribution }
}

/** What is known of a part of a whole to somebody to whom only the whole is told. */
const widely = (part: Range, whole: Range, most = Number.POSITIVE_INFINITY): Part => ({
  ...{ low: 0, high: Math.max(part.high, whole.high) },
  reach: Math.max(reachOf(part, most), Math.min(reachOf(whole), most)),
})

/** How many can have answered at most, paper left out. Where there is a tablet, nobody knows. */
function mostOf(records: ChannelRecord[]): number {
  const hasNoEnd = records.some(({ channel }) => channel === 'tablet')
  return hasNoEnd ? Number.POSITIVE_INFINITY : records.reduce((sum, record) => sum + mostAnswers(record), 0)
}

/** Works out what is told of the nation from tonight on, of what its municipalities give. */
function tellNation(contributions: NightContribution[], before: ToldNumbers): ToldNumbers {
  const told = new ToldNumbers()
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
  const whole = contributions.map((contribution) => contribution.told)
  const number = sum(contributions.map((contribution) => contribution.number))
  told.set(nationPlace, 'all', tellSumAnew(before.find(nationPlace, 'all'), number, whole))
  for (const part of new Set(contributions.flatMap(({ parts }) => [...parts.keys()]))) {
    const own = contributions.flatMap(({ parts }) => parts.get(part) ?? [])
    const ranges = own.map((one) => one.told)
    const its = sum(own.map((one) => one.number))
    told.set(nationPlace, part, tellSumAnew(before.find(nationPlace, part), its, ranges, spareWhereCrossed))
  }
  return told
}

/** What some municipalities come to tonight: what is told of them, and what they give to the nation, in numbers and as it is told. */
export interface Evening {
  told: ToldNumbers
  night: NightContribution[]
  contributions: Contribution[]
}

/** The evening of some municipalities of a round, of all of their strata. */
export function tellMunicipalities(
  strata: Place[],
  answered: Answered[],
  records: ChannelRecord[],
  before: ToldNumbers,
): Evening {
  const byCode = groupBy(strata, ({ municipalityCode }) => municipalityCode)
  const answeredOf = groupBy(answered, ({ stratumId }) => stratumId)
  const recordsOf = groupBy(records, ({ stratumId }) => stratumId)
  const told = new ToldNumbers()
  const night = [...byCode.values()].map((own) => {
    const its = tellMunicipality(own, { answeredOf, recordsOf, before })
    told.add(its.told)
    return its.contribution
  })
  return { told, night, contributions: contributionsOf(strata, records, told) }
}

/** A whole night out of its evenings: what is told from now on, and the lines that are kept of the day. */
export function tellNight(evenings: Evening[], before: ToldNumbers): Pick<Night, 'told' | 'lines'> {
  const told = new ToldNumbers()
  for (const evening of evenings) told.add(evening.told)
  const nation = evenings.flatMap(({ night }) => night)
  told.add(tellNation(nation, before))
  const contributions = evenings.flatMap((evening) => evening.contributions)
  const lines = contributions.map((contribution) => ({
    place: contribution.municipalityCode,
    line: lineOfContribution(contribution),
  }))
  return { told, lines: [...lines, { place: nationPlace, line: overviewOfNation(contributions, told).total }] }
}
