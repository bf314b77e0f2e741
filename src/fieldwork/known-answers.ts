import type { KnownBefore } from '../disclosure/open-numbers.ts'
import { type KnownNumber, knownIn, knownInCell, type Range, sumOf } from '../disclosure/steps.ts'
import { fewestAnswers } from '../disclosure/thresholds.ts'
import { nationPlace, type ToldNumbers } from '../disclosure/told-numbers.ts'
import { channels } from '../invitation/disposition.ts'
import type { Place } from './cells.ts'
import { groupBy } from './group-by.ts'

/** What was told of a stratum's answers at the end, and what is known by it of those without forms, and of forms. */
interface KnownStratum {
  place: Place
  told: Range
  own: KnownNumber
  onPaper: KnownNumber
}

/**
 * How many answered, as whoever followed the fieldwork to its end can know it who knows how it is told: of units, municipalities, and the
 * nation with its groups. What is told of a round before its opening stays as it is from then on, so each count has the same.
 * @param told what was told last
 * @param leastOn the most that was told to be the least on any day, by municipality and of the nation: answers only come in
 */
export function knownAnswers(
  places: readonly Place[],
  told: ToldNumbers,
  leastOn: ReadonlyMap<string, number>,
): KnownBefore[] {
  const strata = places.flatMap((place) => knownStratum(place, told))
  const byCode = [...groupBy(strata, ({ place }) => place.municipalityCode)]
  const totals = byCode.map(([code, its]) => told.find(code, 'all') ?? sumOf(its.map((one) => one.told)))
  const inNation = { level: 'nation', area: '0000' } as const
  const ofNation = withPaper(inSum(told.find(nationPlace, 'all'), totals), strata, leastOn.get(nationPlace))
  return [
    ...strata.map(({ place, own, onPaper }): KnownBefore => {
      const { unitId: area, targetGroup } = place
      return { level: 'unit', area, targetGroup, ...added([own, onPaper]) }
    }),
    ...byCode.map(([area, its]): KnownBefore => {
      const own = both(inSum(told.find(area, 'all'), toldOf(its)), byChannels(area, told))
      return { level: 'municipality', area, targetGroup: 'total', ...withPaper(own, its, leastOn.get(area)) }
    }),
    ...[...groupBy(strata, ({ place }) => place.targetGroup)].map(([targetGroup, its]): KnownBefore => {
      const own = inSum(told.find(nationPlace, targetGroup), toldOf(its))
      return { ...inNation, targetGroup, ...withPaper(own, its) }
    }),
    { ...inNation, targetGroup: 'total', ...ofNation },
  ]
}

const toldOf = (strata: readonly KnownStratum[]) => strata.map(({ told }) => told)

/** Nothing where nothing was told of it. Those at tablets are among its answers, and can be told to be more than all. */
function knownStratum(place: Place, told: ToldNumbers): KnownStratum[] {
  const all = told.find(place.id, 'all')
  if (!all) return []
  const [own, atTablets] = [knownIn(all), told.find(place.id, 'tablet')]
  const paper = told.find(place.id, 'paper')
  const least = Math.max(own.least, atTablets ? knownIn(atTablets).least : 0)
  return [{ place, told: all, own: { ...own, least }, onPaper: paper ? knownIn(paper) : nobody }]
}

/** Of a sum that is told in a cell; at its ends, and where it has none or nobody could answer yet, it says nothing beyond its parts. */
function inSum(told: Range | undefined, parts: readonly Range[]): KnownNumber {
  if (!told || told.high === 0) return anything
  const [ofParts, ofCell] = [sumOf(parts), knownInCell(told)]
  return {
    least: told.low > ofParts.low ? ofCell.least : anything.least,
    most: told.high < ofParts.high ? ofCell.most : anything.most,
  }
}

/** What the channels of a municipality come to, where they can have been told. */
function byChannels(code: string, told: ToldNumbers): KnownNumber {
  const its = channels.flatMap((channel) => (channel === 'paper' ? [] : (told.find(code, channel) ?? [])))
  return its.length > 1 && its.every(({ low }) => low >= fewestAnswers) ? added(its.map(knownIn)) : anything
}

const nobody: KnownNumber = { least: 0, most: [0, 0, 0] }
const endless = Number.POSITIVE_INFINITY
const anything: KnownNumber = { least: 0, most: [endless, endless, endless] }

const each = (all: readonly KnownNumber[], of: (numbers: number[]) => number): KnownNumber['most'] =>
  [0, 1, 2].map((nth) => of(all.map(({ most }) => most[nth]!))) as KnownNumber['most']

const added = (all: readonly KnownNumber[]): KnownNumber => ({
  least: all.reduce((sum, { least }) => sum + least, 0),
  most: each(all, (numbers) => numbers.reduce((sum, number) => sum + number, 0)),
})

const both = (one: KnownNumber, other: KnownNumber): KnownNumber => ({
  least: Math.max(one.least, other.least),
  most: each([one, other], (numbers) => Math.min(...numbers)),
})

/** With the forms of some strata. */
function withPaper(own: KnownNumber, strata: readonly KnownStratum[], least = 0): KnownNumber {
  const all = added([own, ...strata.map(({ onPaper }) => onPaper)])
  return { ...all, least: Math.max(all.least, least) }
}
