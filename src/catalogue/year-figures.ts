import { nearlyAll, nearlyNone } from '../disclosure/thresholds.ts'
import { type Indicator, nationArea } from '../results/indicator.ts'
import { unweightedMean } from '../results/unweighted-mean.ts'
import type { Kpi } from './kpis.ts'

/** All, women and men, in the letters and the order of the indicator database. */
export const genders = ['K', 'M', 'T'] as const

export type GenderLetter = (typeof genders)[number]

/**
 * Why a figure has no value, in the words of the API: it would tell of too few people, it is known to be 90 per cent or more, or 10 or less,
 * or nobody knows it. Where there is a value it is empty.
 */
export const figureStatuses = ['', 'Private', 'AtLeast90', 'AtMost10', 'Missing'] as const

/** One figure. Of a group, `count` is how many members have one, and its value is their mean. */
export interface ServedFigure {
  gender: GenderLetter
  status: (typeof figureStatuses)[number]
  value: number | null
  count: number
}

/** The published figures of one year. */
export interface YearFigures {
  year: number
  /** From which day on everybody could read them: `2026-12-08`. */
  publishedOn: string
  /** Of an area: one, or three where women and men are told apart; none where nobody was asked there. */
  of(kpi: Kpi, area: string): ServedFigure[]
  /** The unweighted means of areas; none where none of them has a value. */
  meansOf(kpi: Kpi, areas: readonly string[]): ServedFigure[]
}

const letters: Record<Indicator['gender'], GenderLetter> = { all: 'T', woman: 'K', man: 'M' }

const statusOf: Record<Indicator['status'], ServedFigure['status']> = {
  ...{ shown: '', few: 'Private', protected: 'Private', nobody: 'Missing' },
  ...{ 'at-least-90': 'AtLeast90', 'at-most-10': 'AtMost10' },
}

/** What a figure counts as among others, where it has no value of its own. */
const countsAs: Partial<Record<ServedFigure['status'], number>> = { AtLeast90: nearlyAll, AtMost10: nearlyNone }

const [statusBits, nothing] = [3, -1]

/**
 * Packs the indicators of a published release as they are asked for: some 160 kB for a nation, so that all years are at hand. Of the nation,
 * all answers together are served.
 */
export function yearFigures(
  { year, publishedOn }: Pick<YearFigures, 'year' | 'publishedOn'>,
  kpis: readonly Kpi[],
  indicators: readonly Indicator[],
): YearFigures {
  const kpiAt = new Map(kpis.map((kpi, at) => [keyOf(kpi), at]))
  const idAt = new Map(kpis.map(({ id }, at) => [id, at]))
  const served = indicators.filter(({ level }) => level === 'nation' || level === 'municipality')
  const areas = new Map([...new Set([nationArea, ...served.map(({ area }) => area)])].map((area, at) => [area, at]))
  const cells = new Int32Array(areas.size * kpis.length * genders.length).fill(nothing)
  const cellAt = (area: number, kpi: number, gender: number) => (area * kpis.length + kpi) * genders.length + gender

  for (const indicator of served) {
    const kpi = kpiAt.get(keyOf(indicator))
    if (kpi === undefined) continue
    const status = indicator.part === '' ? statusOf[indicator.status] : 'Missing' // a rate that is known to be no higher
    const cell = cellAt(areas.get(indicator.area)!, kpi, genders.indexOf(letters[indicator.gender]))
    cells[cell] = ((status === '' ? indicator.value! : 0) << statusBits) | figureStatuses.indexOf(status)
  }

  function figureOf(kpi: Kpi, area: string, gender: GenderLetter): ServedFigure | undefined {
    const at = areas.get(area)
    const cell = at === undefined ? nothing : cells[cellAt(at, idAt.get(kpi.id)!, genders.indexOf(gender))]!
    if (cell === nothing) return undefined
    const status = figureStatuses[cell & ((1 << statusBits) - 1)]!
    return { gender, status, value: status === '' ? cell >> statusBits : null, count: 1 }
  }

  return servedYear({ year, publishedOn }, figureOf)
}

/** The figures of a year as they are asked for, from what each of them is. */
export const servedYear = (
  { year, publishedOn }: Pick<YearFigures, 'year' | 'publishedOn'>,
  figureOf: (kpi: Kpi, area: string, gender: GenderLetter) => ServedFigure | undefined,
): YearFigures => ({
  year,
  publishedOn,
  of: (kpi, area) =>
    gendersOf(kpi)
      .map((gender) => figureOf(kpi, area, gender))
      .filter((figure) => figure !== undefined),
  meansOf: (kpi, members) =>
    gendersOf(kpi).flatMap((gender) => {
      const own = members.map((area) => figureOf(kpi, area, gender))
      const mean = unweightedMean(own.map((figure) => figure?.value ?? countsAs[figure?.status ?? '']))
      return mean ? [{ gender, status: '' as const, value: mean.mean, count: mean.count }] : []
    }),
})

const gendersOf = ({ byGender }: Kpi): readonly GenderLetter[] => (byGender ? genders : ['T'])

const keyOf = ({ targetGroup, measure, question }: Pick<Indicator, 'targetGroup' | 'measure' | 'question'>) =>
  `${targetGroup} ${measure} ${question}`
