import type { Kpi } from './kpis.ts'
import type { ServedFigure, YearFigures } from './year-figures.ts'

/** The columns of published figures in their long form, one figure in a line. */
export const figureColumns = ['kpi', 'municipality', 'year', 'gender', 'value', 'status', 'responses'] as const

/** What stands in `status`, where there is no value. */
const statusText: Record<ServedFigure['status'], string> = {
  ...{ '': '', Private: '..', AtLeast90: 'at-least-90', AtMost10: 'at-most-10', Missing: 'missing' },
}

interface Delivered {
  kpis: readonly Kpi[]
  /** Ids of municipalities, and of the nation. */
  areas: readonly string[]
  years: readonly YearFigures[]
}

/**
 * All published figures as they are delivered to the indicator database, a line each, behind a line of their columns: semicolons, a point in
 * numbers. What is withheld has a status and no value. `responses` is how many answered in the target group, where that is told.
 */
export function* figureLines({ kpis, areas, years }: Delivered): Generator<string> {
  yield `${figureColumns.join(';')}\r\n`
  const counted = new Map(kpis.filter(({ measure }) => measure === 'responses').map((kpi) => [kpi.targetGroup, kpi]))
  for (const year of years)
    for (const area of areas)
      for (const kpi of kpis) {
        const number = counted.get(kpi.targetGroup)
        const responses = number && year.of(number, area).find(({ gender }) => gender === 'T')?.value
        for (const { gender, value, status } of year.of(kpi, area)) {
          const cells = [kpi.id, area, year.year, gender, value ?? '', statusText[status]]
          yield `${[...cells, gender === 'T' ? (responses ?? '') : ''].join(';')}\r\n`
        }
      }
}
