import { type ChartValue, element, isWithheld, type Pen, words } from './drawing.ts'
import { widthOf } from './frame.ts'
import type { YearPoint } from './year-lines.ts'

/** In pixels from the top: above the plot stand the words of what changed. */
export const plot = { top: 30, height: 200, bottom: 230 }

/** Where the words of gaps stand, and those of years. */
const baselines = { years: plot.bottom + 22, gaps: plot.bottom + 40, line: 17 }

/** A line across, with its number before it. */
export const ruled = (pen: Pen, y: number, text: string) =>
  element('line', { class: 'grid', x1: 0, x2: pen.x(100), y1: y, y2: y }) +
  words(text, { class: 'soft', x: -8, y: y + 5, 'text-anchor': 'end' })

/** A dotted line where something changed, with its words above. */
export const breakAt = (pen: Pen, x: number, label: string) =>
  element('line', { class: 'break', x1: pen.x(x), x2: pen.x(x), y1: 22, y2: plot.bottom, 'stroke-dasharray': '2 3' }) +
  words(label, { class: 'soft', x: pen.x(x), y: 14, 'text-anchor': anchorAt(x) })

const anchorAt = (x: number) => (x < 25 ? 'start' : x > 75 ? 'end' : 'middle')

/** Years in a row that have no value for the same reason, and in which line below the years it is said. */
interface Gap {
  isHatched: boolean
  years: number[]
  line: number
}

/** The gaps of a series. The words of two that are near each other stand in different lines. */
export function gapsOf(series: readonly ({ year: number } & ChartValue)[]): Gap[] {
  const gaps: Gap[] = []
  for (const value of series) {
    const isHatched = isWithheld(value)
    if (!isHatched && value.status !== 'nobody' && value.status !== 'not-surveyed') continue
    const before = gaps.at(-1)
    const since = before ? value.year - before.years.at(-1)! : 0
    if (before?.isHatched === isHatched && since === 1) before.years.push(value.year)
    else gaps.push({ isHatched, years: [value.year], line: before && since < 4 ? 1 - before.line : 0 })
  }
  return gaps
}

/** A gap: hatched columns where something is kept back, and in any case its word, once for all of its years. */
export function gapIn(
  pen: Pen,
  { isHatched, years, line }: Gap,
  across: (year: number) => number,
  label: string,
): string {
  const column = { class: 'withheld', fill: 'url(#hatch)', x: -7, y: plot.top, width: 14, height: plot.height }
  const columns = isHatched
    ? years.map((year) => pen.at(across(year), element('rect', { ...column, 'stroke-width': 1 })))
    : []
  const middle = (across(years[0]!) + across(years.at(-1)!)) / 2
  const at = { x: pen.x(middle), y: baselines.gaps + line * baselines.line, 'text-anchor': 'middle' }
  return columns.join('') + words(label, { class: 'soft', ...at })
}

/** So many have room on a phone. */
const fewYears = 5

/** The years below, counted from the last: as many as have room on a desktop, and where they are many every other of them on a phone. */
export function yearLabels(pen: Pen, first: number, last: number, across: (year: number) => number): string {
  const step = Math.ceil((last - first + 1) / 11)
  const years = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, at) => last - at * step)
  return years
    .map((year, at) => {
      const place = { x: pen.x(across(year)), y: baselines.years, 'text-anchor': 'middle' }
      return words(String(year), { class: at % 2 === 1 && years.length > fewYears ? 'soft odd' : 'soft', ...place })
    })
    .reverse()
    .join('')
}

/** So far from each other that neither touches the other. */
const apart = 18

/** The runs of points of both lines, earliest first. */
interface Runs {
  own: YearPoint[][]
  nation: YearPoint[][]
}

/**
 * The names of the lines where they end: behind them, and on a phone, where there is no room behind, above and below all that is drawn
 * where they stand.
 */
export function endLabels(pen: Pen, runs: Runs, ownLabel: string, nationLabel = ''): string {
  const [own, nation] = [runs.own.at(-1)?.at(-1), runs.nation.at(-1)?.at(-1)]
  const isAbove = own !== undefined && nation !== undefined && own.y < nation.y
  const missing = own && nation ? Math.max(0, apart - Math.abs(own.y - nation.y)) / 2 : 0
  const name = (text: string, kind: string, point: YearPoint | undefined, isUp: boolean): string => {
    if (!point || text === '') return ''
    const behind = { class: `${kind} wide`, x: pen.x(100), dx: 14, y: point.y + 5 + (isUp ? -missing : missing) }
    const y = isUp ? aboveAll(runs, text) : belowAll(runs, text)
    const beside = { class: `${kind} narrow`, x: pen.x(100), dx: 8, y, 'text-anchor': 'end' }
    return words(text, behind) + (pen.isFluid ? words(text, beside) : '')
  }
  return name(nationLabel, 'soft', nation, !isAbove) + name(ownLabel, 'strong', own, isAbove)
}

/** The points over or under which a text stands that ends with the last year, on the narrowest screens. */
function besideText({ own, nation }: Runs, text: string): YearPoint[] {
  const narrowest = 200
  return [...own, ...nation].flat().filter(({ x }) => x >= 100 - (100 * widthOf(text)) / narrowest)
}

const aboveAll = (runs: Runs, text: string) =>
  Math.max(plot.top - 4, Math.min(...besideText(runs, text).map(({ top, y }) => Math.min(top, y - 8))) - 6)

const belowAll = (runs: Runs, text: string) =>
  Math.min(plot.bottom - 6, Math.max(...besideText(runs, text).map(({ bottom, y }) => Math.max(bottom, y + 8))) + 16)
