import type { Kpi } from '../catalogue/kpis.ts'
import { genders, servedYear, type YearFigures } from '../catalogue/year-figures.ts'
import { swedishDay } from '../time/swedish-day.ts'
import type { HistoryFigure } from './figure.ts'
import type { ImportedYear } from './store.ts'

/**
 * Packs figures of earlier years as they are served: some 300 kB a year for a nation, so that all are at hand. They are as published, to the
 * last digit; where the indicator database has none, none is served.
 * @param areas codes of areas that figures can be of
 */
export function packEarlierYears(
  imported: readonly ImportedYear[],
  { kpis, areas }: { kpis: readonly Kpi[]; areas: readonly string[] },
) {
  const kpiAt = new Map(kpis.map(({ id }, at) => [id, at]))
  const areaAt = new Map(areas.map((area, at) => [area, at]))
  const size = areas.length * kpis.length * genders.length
  const cells = new Map(imported.map(({ year }) => [year, new Float64Array(size).fill(Number.NaN)]))

  function cellOf(kpi: string, area: string, gender: HistoryFigure['gender']): number | undefined {
    const [its, at] = [kpiAt.get(kpi), areaAt.get(area)]
    if (its === undefined || at === undefined) return undefined
    return (at * kpis.length + its) * genders.length + genders.indexOf(gender)
  }

  return {
    add(figures: readonly HistoryFigure[]): void {
      for (const { kpi, area, year, gender, value } of figures) {
        const cell = cellOf(kpi, area, gender)
        const own = cells.get(year)
        if (cell !== undefined && own) own[cell] = value
      }
    },
    /** The oldest first. A year counts as published on the day on which the last of it was imported. */
    end: (): YearFigures[] =>
      [...cells].map(([year, values]) => {
        const last = imported.findLast((one) => one.year === year)!
        return servedYear({ year, publishedOn: swedishDay(new Date(last.importedAt)) }, (kpi, area, gender) => {
          const value = values[cellOf(kpi.id, area, gender) ?? -1] ?? Number.NaN
          return Number.isNaN(value) ? undefined : { gender, status: '', value, count: 1 }
        })
      }),
  }
}
