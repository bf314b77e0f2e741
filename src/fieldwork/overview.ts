import type { Channel } from '../invitation/disposition.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { type Cell, type Place, type Problem, type VeiledStratum, veilStratum } from './cells.ts'
import type { ChannelRecord } from './ledger.ts'
import { blend, mingle, type Range, sumOf, type Veiled } from './steps.ts'

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
  return { ...partsOf(veiled, plain, plain), total: line(veiled, plain(respondedOf(veiled))), municipalities: [] }
}

/** Of a whole municipality: groups, and the municipality out of its groups, are told to the person where that tells of no stratum. */
export function overviewOfMunicipality(strata: Place[], records: ChannelRecord[]): Overview {
  const veiled = veil(strata, records)
  const total = line(veiled, blendOfMunicipality(veiled).range)
  return { ...partsOf(veiled, (parts) => blend(parts).range, plain), total, municipalities: [] }
}

/** Of all municipalities: what each may tell, and the nation to the person where ten or more of them mingle in it. */
export function overviewOfNation(strata: Place[], records: ChannelRecord[]): Overview {
  const all = veil(strata, records)
  const places = [...groupBy(all, ({ stratum }) => stratum.municipalityCode).values()].map((members) => ({
    members,
    responded: blendOfMunicipality(members),
  }))
  const municipalities = places.map(({ members, responded }) => {
    const { municipalityCode, municipality } = members[0]!.stratum
    return { municipalityCode, municipality, ...line(members, responded.range) }
  })
  const groups = byGroup(all).map(([targetGroup, members]) => {
    const inPlaces = [...groupBy(members, ({ stratum }) => stratum.municipalityCode).values()]
    return { targetGroup, ...line(members, mingle(inPlaces.map((one) => blend(respondedOf(one)))), mingledOffers) }
  })
  const total = line(all, mingle(places.map(({ responded }) => responded)), mingledOffers)
  return { total, groups, channels: channelsOf(all, mingledCells), strata: [], units: [], municipalities }
}

type Tell = (parts: Veiled[]) => Range
type TellCells = (strata: VeiledStratum[], cells: (cell: Cell) => Veiled) => Range

const plain: Tell = (parts) => sumOf(parts.map(({ range }) => range))
const respondedOf = (strata: VeiledStratum[]) => strata.map(({ responded }) => responded)

const plainCells: TellCells = (strata, of) => sumOf(strata.flatMap(({ cells }) => cells.map((cell) => of(cell).range)))
const mingledCells: TellCells = (strata, of) =>
  mingle(
    [...groupBy(strata, ({ stratum }) => stratum.municipalityCode).values()].map((members) => {
      const cells = members.flatMap(({ cells }) => cells.map(of))
      return { number: cells.reduce((sum, { number }) => sum + number, 0), range: plain(cells) }
    }),
  )
const mingledOffers = (strata: VeiledStratum[]) => mingledCells(strata, ({ offered }) => offered)

function veil(strata: Place[], records: ChannelRecord[]): VeiledStratum[] {
  const recordsOf = groupBy(records, ({ stratumId }) => stratumId)
  return strata.map((stratum) => veilStratum(stratum, recordsOf.get(stratum.id) ?? []))
}

function blendOfMunicipality(strata: VeiledStratum[]): Veiled {
  return blend(byGroup(strata).map(([, members]) => blend(respondedOf(members))))
}

function partsOf(veiled: VeiledStratum[], ofGroup: Tell, ofUnit: Tell) {
  return {
    groups: byGroup(veiled).map(([targetGroup, members]) => ({
      targetGroup,
      ...line(members, ofGroup(respondedOf(members))),
    })),
    channels: channelsOf(veiled, plainCells),
    strata: veiled.map((one) => ({ stratum: one.stratum, ...line([one], one.responded.range) })),
    units: [...groupBy(veiled, ({ stratum }) => stratum.unitId).values()].map((members) => {
      const { unitId, unit } = members[0]!.stratum
      return { unitId, unit, ...line(members, ofUnit(respondedOf(members))) }
    }),
  }
}

function channelsOf(strata: VeiledStratum[], tell: TellCells): Overview['channels'] {
  const used = [...new Set(strata.flatMap(({ cells }) => cells.map(({ channel }) => channel)))].sort()
  return used.map((channel) => {
    const members = strata
      .map((one) => ({ ...one, cells: one.cells.filter((cell) => cell.channel === channel) }))
      .filter(({ cells }) => cells.length > 0)
    const responded = tell(members, ({ responded }) => responded)
    return { channel, ...line(members, responded, (strata) => tell(strata, ({ offered }) => offered)) }
  })
}

function line(
  strata: VeiledStratum[],
  responded: Range,
  offers = (strata: VeiledStratum[]) => plainCells(strata, ({ offered }) => offered),
): Line {
  const cells = strata.flatMap(({ cells }) => cells)
  const offered = offers(strata)
  const sum = (of: (cell: Cell) => number) => cells.reduce((total, cell) => total + of(cell), 0)
  return {
    ...{ offered, responded, rate: rateOf(offered, responded) },
    declined: sum(({ declined }) => declined),
    undeliverable: sum(({ undeliverable }) => undeliverable),
    problems: cells.flatMap(({ problems }) => problems),
  }
}

function rateOf(offered: Range, responded: Range): Range | undefined {
  if (responded.low < 20 || offered.low === 0 || responded.low > offered.high) return undefined
  return { low: responded.low / offered.high, high: Math.min(1, responded.high / offered.low) }
}

const byGroup = (strata: VeiledStratum[]) => [...groupBy(strata, ({ stratum }) => stratum.targetGroup)].sort()

function groupBy<T, K>(items: T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const members = groups.get(keyOf(item))
    if (members) members.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
