import type { HistoryFigure } from './figure.ts'
import { type HistoryGround, judged } from './judged.ts'
import type { HistoryRejection, SourceFigure } from './source-figure.ts'

/** A figure that is not taken in, as it stands in its source. */
export interface RejectedFigure extends Record<'kpi' | 'area' | 'year' | 'gender' | 'value', string> {
  source: string
  row: number
  reason: HistoryRejection
}

/** What was found in sources. */
export interface Gathered {
  /** Each area, indicator, year and gender once, in the order in which they came. */
  figures: HistoryFigure[]
  /** How many figures were looked at. */
  read: number
  /** How many were there before with the same value. */
  repeated: number
  rejected: Partial<Record<HistoryRejection, number>>
  /** What was rejected, one by one; the last of very many are only counted. */
  listed: RejectedFigure[]
}

/** So many rejected figures are told of one by one. */
const mostListed = 20_000

/** Takes figures of sources together. Of one that comes twice with different values neither is taken in: nobody can tell which is right. */
export function gather(known: HistoryGround) {
  const kept = new Map<string, { figure: HistoryFigure; row: number; source: string }>()
  const contested = new Set<string>()
  const found: Omit<Gathered, 'figures'> = { read: 0, repeated: 0, rejected: {}, listed: [] }

  function reject(reason: HistoryRejection, from: SourceFigure, source: string): void {
    found.rejected[reason] = (found.rejected[reason] ?? 0) + 1
    if (found.listed.length < mostListed) found.listed.push({ source, row: from.row, reason, ...shown(from) })
  }

  function take(figure: HistoryFigure, from: SourceFigure, source: string): void {
    const key = `${figure.area} ${figure.kpi} ${figure.year} ${figure.gender}`
    const before = kept.get(key)
    if (contested.has(key)) reject('twice', from, source)
    else if (!before) kept.set(key, { figure, row: from.row, source })
    else if (before.figure.value === figure.value) {
      before.figure.people ??= figure.people
      found.repeated++
    } else {
      kept.delete(key)
      contested.add(key)
      reject('twice', { ...before.figure, row: before.row }, before.source)
      reject('twice', from, source)
    }
  }

  return {
    add(from: SourceFigure, source: string): void {
      found.read++
      const figure = judged(from, known)
      if (typeof figure === 'string') reject(figure, from, source)
      else take(figure, from, source)
    },
    end: (): Gathered => ({ ...found, figures: [...kept.values()].map(({ figure }) => figure) }),
  }
}

export type Gathering = ReturnType<typeof gather>

const longestShown = 40

const shown = ({ kpi, area, year, gender, value }: SourceFigure) => ({
  ...{ kpi: cellText(kpi), area: cellText(area), year: cellText(year), gender: cellText(gender) },
  value: cellText(value),
})

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  return (typeof cell === 'object' ? '{…}' : String(cell)).slice(0, longestShown)
}
