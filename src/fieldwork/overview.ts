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
  return {
    ...partsOf(veiled, plain, plain),
    total: line(cellsOf(veiled), plain(respondedOf(veiled))),
    municipalities: [],
  }
}

/** Of a whole municipality: groups, and the municipality out of its groups, are told to the person where that tells of no stratum. */
export function overviewOfMunicipality(strata: Place[], records: ChannelRecord[]): Overview {
  const veiled = veil(strata, records)
  const total = line(cellsOf(veiled), blendOfMunicipality(veiled).range)
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
    return { municipalityCode, municipality, ...line(cellsOf(members), responded.range) }
  })
  const groups = byGroup(all).map(([targetGroup, members]) => {
    const inPlaces = [...groupBy(members, ({ stratum }) => stratum.municipalityCode).values()]
    const responded = mingle(inPlaces.map((one) => blend(respondedOf(one))))
    return { targetGroup, ...line(cellsOf(members), responded, mingledCells) }
  })
  const total = line(cellsOf(all), mingle(places.map(({ responded }) => responded)), mingledCells)
  return { total, groups, channels: channelsOf(cellsOf(all), mingledCells), strata: [], units: [], municipalities }
}

type Tell = (parts: Veiled[]) => Range
type Of = (cell: Cell) => Veiled
type TellCells = (cells: Cell[], of: Of) => Range

const plain: Tell = (parts) => sumOf(parts.map(({ range }) => range))
const respondedOf = (strata: VeiledStratum[]) => strata.map(({ responded }) => responded)
const cellsOf = (strata: VeiledStratum[]) => strata.flatMap(({ cells }) => cells)

const plainCells: TellCells = (cells, of) => plain(cells.map(of))
const mingledCells: TellCells = (cells, of) =>
  mingle(
    [...groupBy(cells, ({ municipalityCode }) => municipalityCode).values()].map((members) => ({
      number: members.reduce((sum, cell) => sum + of(cell).number, 0),
      range: plainCells(members, of),
    })),
  )

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
      ...line(cellsOf(members), ofGroup(respondedOf(members))),
    })),
    channels: channelsOf(cellsOf(veiled), plainCells),
    strata: veiled.map((one) => ({ stratum: one.stratum, ...line(one.cells, one.responded.range) })),
    units: [...groupBy(veiled, ({ stratum }) => stratum.unitId).values()].map((members) => {
      const { unitId, unit } = members[0]!.stratum
      return { unitId, unit, ...line(cellsOf(members), ofUnit(respondedOf(members))) }
    }),
  }
}

function channelsOf(cells: Cell[], tell: TellCells): Overview['channels'] {
  const byChannel = [...groupBy(cells, ({ channel }) => channel)].sort(([a], [b]) => a.localeCompare(b))
  return byChannel.map(([channel, members]) => {
    const responded = tell(members, ({ responded }) => responded)
    return { channel, ...line(members, responded, tell) }
  })
}

function line(cells: Cell[], responded: Range, tell: TellCells = plainCells): Line {
  const offered = tell(cells, ({ offered }) => offered)
  const problems: Problem[] = []
  let [declined, undeliverable] = [0, 0]
  for (const cell of cells) {
    declined += cell.declined
    undeliverable += cell.undeliverable
    for (const problem of cell.problems) problems.push(problem)
  }
  return { offered, declined, undeliverable, responded, rate: rateOf(offered, responded), problems }
}

function rateOf(offered: Range, responded: Range): Range | undefined {
  if (responded.low < 20 || offered.low === 0 || responded.low > offered.high) return undefined
  return { low: responded.low / offered.high, high: Math.min(1, responded.high / offered.low) }
}

const byGroup = (strata: VeiledStratum[]) =>
  [...groupBy(strata, ({ stratum }) => stratum.targetGroup)].sort(([a], [b]) => a.localeCompare(b))

function groupBy<T, K>(items: T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const members = groups.get(keyOf(item))
    if (members) members.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
