import type { Kpi } from '../catalogue/kpis.ts'
import { smallestShown } from '../disclosure/thresholds.ts'
import type { HistoryFigure } from '../history/figure.ts'
import { wholePercent } from '../statistics/rounding.ts'

type Halves = Record<'K' | 'M', number>

/** What was made up of a group in an area. */
export interface MadeUpCell {
  responded: number
  offered: number
  people: Halves
  /** By question. */
  positive: Record<string, Halves>
}

/** By area and group. */
export type Tally = Map<string, MadeUpCell>

export const cellKey = (area: string, group: string) => `${area} ${group}`

export function addCell(tally: Tally, key: string, cell: MadeUpCell): void {
  const sum = tally.get(key)
  if (!sum) return void tally.set(key, structuredClone(cell))
  sum.responded += cell.responded
  sum.offered += cell.offered
  for (const gender of ['K', 'M'] as const) {
    sum.people[gender] += cell.people[gender]
    for (const [question, positive] of Object.entries(sum.positive))
      positive[gender] += cell.positive[question]![gender]
  }
}

/** The figures of a year as they would have been published: none of fewer people than may be told of. */
export function figuresFrom(tally: Tally, kpis: readonly Kpi[], year: number): HistoryFigure[] {
  return [...tally].flatMap(([key, cell]) => {
    const [area, group] = key.split(' ') as [string, string]
    if (cell.responded < smallestShown) return []
    return kpis
      .filter(({ targetGroup }) => targetGroup === group)
      .flatMap((kpi) => valuesOf(kpi, cell).map((value) => ({ area, kpi: kpi.id, year, ...value })))
  })
}

function valuesOf({ measure, question, byGender }: Kpi, cell: MadeUpCell): Pick<HistoryFigure, 'gender' | 'value'>[] {
  const { responded, offered, people } = cell
  if (measure === 'responses') return [{ gender: 'T', value: responded }]
  if (measure === 'rate') return [{ gender: 'T', value: wholePercent(responded, Math.max(responded, offered)) }]
  const { K, M } = cell.positive[question]!
  const total = { gender: 'T' as const, value: wholePercent(K + M, responded) }
  const isDivided = byGender && Math.min(people.K, people.M) >= smallestShown
  if (!isDivided) return [total]
  return [{ gender: 'K', value: wholePercent(K, people.K) }, { gender: 'M', value: wholePercent(M, people.M) }, total]
}
