import type { Channel } from '../invitation/disposition.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { type Cell, type Place, type Problem, type VeiledStratum, veilStratum } from './cells.ts'
import type { ChannelRecord } from './ledger.ts'
import { blend, exactly, mingle, type Range, sumOf, type Veiled } from './steps.ts'

/**
 * How the fieldwork of a part goes, as far as it may be told: docs/anonymity.md. `rate` is a share from 0 to 1; it is absent
 * where fewer than twenty answered, nobody was offered, or more answered than were offered.
 */
export interface Line {
  offered: Range
  declined: number
  undeliverable: number
  responded: Range
  rate?: Range
  problems: Problem[]
}

export interface Overview {
  total: Line
  groups: (Line & { targetGroup: TargetGroup })[]
  channels: (Line & { channel: Channel })[]
  /** Absent from the nation's overview, which is by municipality. */
  strata: (Line & { stratum: Place })[]
  units: (Line & { unitId: string; unit: string })[]
  /** Of the nation's overview only. */
  municipalities: (Line & { municipalityCode: string; municipality: string })[]
}

/** Of the units of one municipality that somebody works with: nothing beyond the strata is told, so sums are ranges too. */
export function overviewOfUnits(strata: Place[], records: ChannelRecord[]): Overview {
  const veiled = veil(strata, records)
  return { ...partsOf(veiled, plain), total: lineOf(sumUp(cellsOf(veiled), plain(respondedOf(veiled)))) }
}

/** Of a whole municipality: groups, and the municipality out of its groups, are told to the person where that tells of no stratum. */
export function overviewOfMunicipality(strata: Place[], records: ChannelRecord[]): Overview {
  const veiled = veil(strata, records)
  return { ...partsOf(veiled, blend), total: lineOf(sumUp(cellsOf(veiled), blendOfMunicipality(veiled))) }
}

/** What one municipality gives to the nation's overview. The numbers in it are not told; the ranges are. */
export interface Share {
  municipalityCode: string
  municipality: string
  total: Sum
  groups: [TargetGroup, Sum][]
  channels: [Channel, Sum][]
}

/** The share of each municipality of these. Each is worked out by itself, so they can be asked for a few at a time. */
export function sharesOf(strata: Place[], records: ChannelRecord[]): Share[] {
  return [...groupBy(veil(strata, records), ({ stratum }) => stratum.municipalityCode).values()].map((members) => {
    const { municipalityCode, municipality } = members[0]!.stratum
    const cells = cellsOf(members)
    return {
      ...{ municipalityCode, municipality },
      total: sumUp(cells, blendOfMunicipality(members)),
      groups: byGroup(members).map(([group, own]) => [group, sumUp(cellsOf(own), blend(respondedOf(own)))]),
      channels: byChannel(cells).map(([channel, own]) => [channel, sumOfChannel(own)]),
    }
  })
}

/** Of all municipalities: what each may tell, and the nation to the person where ten or more of them mingle in it. */
export function overviewOfNation(shares: Share[]): Overview {
  const municipalities = shares.map(({ municipalityCode, municipality, total }) => ({
    ...{ municipalityCode, municipality },
    ...lineOf(total),
  }))
  const groups = gather(shares.flatMap(({ groups }) => groups))
  const channels = gather(shares.flatMap(({ channels }) => channels))
  return {
    total: mingled(shares.map(({ total }) => total)),
    groups: groups.map(([targetGroup, sums]) => ({ targetGroup, ...mingled(sums) })),
    channels: channels.map(([channel, sums]) => ({ channel, ...mingled(sums) })),
    ...{ strata: [], units: [], municipalities },
  }
}

/** Cells added up: the numbers, and what of them may be told. */
interface Sum {
  offered: Veiled
  responded: Veiled
  declined: number
  undeliverable: number
  problems: Problem[]
}

type Tell = (parts: Veiled[]) => Veiled

const plain: Tell = (parts) => ({
  number: parts.reduce((sum, { number }) => sum + number, 0),
  range: sumOf(parts.map(({ range }) => range)),
})
const respondedOf = (strata: VeiledStratum[]) => strata.map(({ responded }) => responded)
const cellsOf = (strata: VeiledStratum[]) => strata.flatMap(({ cells }) => cells)

function veil(strata: Place[], records: ChannelRecord[]): VeiledStratum[] {
  const recordsOf = groupBy(records, ({ stratumId }) => stratumId)
  return strata.map((stratum) => veilStratum(stratum, recordsOf.get(stratum.id) ?? []))
}

function blendOfMunicipality(strata: VeiledStratum[]): Veiled {
  return blend(byGroup(strata).map(([, members]) => blend(respondedOf(members))))
}

function partsOf(veiled: VeiledStratum[], ofGroup: Tell) {
  return {
    groups: byGroup(veiled).map(([targetGroup, members]) => ({
      targetGroup,
      ...lineOf(sumUp(cellsOf(members), ofGroup(respondedOf(members)))),
    })),
    channels: byChannel(cellsOf(veiled)).map(([channel, own]) => ({ channel, ...lineOf(sumOfChannel(own)) })),
    strata: veiled.map((one) => ({ stratum: one.stratum, ...lineOf(sumUp(one.cells, one.responded)) })),
    units: [...groupBy(veiled, ({ stratum }) => stratum.unitId).values()].map((members) => {
      const { unitId, unit } = members[0]!.stratum
      return { unitId, unit, ...lineOf(sumUp(cellsOf(members), plain(respondedOf(members)))) }
    }),
    municipalities: [],
  }
}

const sumOfChannel = (cells: Cell[]) => sumUp(cells, plain(cells.map(({ responded }) => responded)))

function sumUp(cells: Cell[], responded: Veiled): Sum {
  const sum: Sum = { offered: { number: 0, range: exactly(0) }, responded, declined: 0, undeliverable: 0, problems: [] }
  for (const { offered, declined, undeliverable, problems } of cells) {
    sum.offered.number += offered.number
    sum.offered.range.low += offered.range.low
    sum.offered.range.high += offered.range.high
    sum.declined += declined
    sum.undeliverable += undeliverable
    for (const problem of problems) sum.problems.push(problem)
  }
  return sum
}

const lineOf = ({ offered, responded, ...counts }: Sum): Line => line(offered.range, responded.range, counts)

function mingled(sums: Sum[]): Line {
  const add = (of: (sum: Sum) => number) => sums.reduce((total, sum) => total + of(sum), 0)
  return line(mingle(sums.map(({ offered }) => offered)), mingle(sums.map(({ responded }) => responded)), {
    declined: add(({ declined }) => declined),
    undeliverable: add(({ undeliverable }) => undeliverable),
    problems: sums.flatMap(({ problems }) => problems),
  })
}

function line(offered: Range, responded: Range, counts: Pick<Line, 'declined' | 'undeliverable' | 'problems'>): Line {
  return { offered, ...counts, responded, rate: rateOf(offered, responded) }
}

function rateOf(offered: Range, responded: Range): Range | undefined {
  if (responded.low < 20 || offered.low === 0 || responded.low > offered.high) return undefined
  return { low: responded.low / offered.high, high: Math.min(1, responded.high / offered.low) }
}

const byGroup = (strata: VeiledStratum[]) => sorted(groupBy(strata, ({ stratum }) => stratum.targetGroup))
const byChannel = (cells: Cell[]) => sorted(groupBy(cells, ({ channel }) => channel))

/** The sums of several municipalities, by what they are sums of. */
function gather<K extends string>(entries: [K, Sum][]): [K, Sum[]][] {
  const groups = sorted(groupBy(entries, ([key]) => key))
  return groups.map(([key, own]) => [key, own.map(([, sum]) => sum)])
}

const sorted = <K extends string, V>(groups: Map<K, V>) => [...groups].sort(([a], [b]) => (a < b ? -1 : 1))

function groupBy<T, K>(items: T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const members = groups.get(key)
    if (members) members.push(item)
    else groups.set(key, [item])
  }
  return groups
}
