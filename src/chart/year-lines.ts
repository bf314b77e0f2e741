import { area, line } from 'd3-shape'
import { type ChartValue, element, type Pen, rounded } from './drawing.ts'
import { dot, stroke, upright } from './marks.ts'

/** A value of a year: `x` from 0 to 100 along the width, what is down in pixels. */
export interface YearPoint {
  year: number
  x: number
  y: number
  /** The ends of its interval. */
  top: number
  bottom: number
  isBelow: boolean
}

/** Those that follow each other year by year. @param breaks the years with which something else begins */
export function runsOf(points: readonly YearPoint[], breaks: readonly number[] = []): YearPoint[][] {
  const runs: YearPoint[][] = []
  for (const point of points) {
    const last = runs.at(-1)
    if (last?.at(-1)?.year === point.year - 1 && !breaks.includes(point.year)) last.push(point)
    else runs.push([point])
  }
  return runs
}

type Across = (part: number) => number

/** The field between the ends of the intervals; a year on its own has none. */
export function bandOf(run: YearPoint[], x: Across): string {
  const shape = area<YearPoint>(
    (point) => x(point.x),
    ({ bottom }) => rounded(bottom),
    ({ top }) => rounded(top),
  )
  return run.length < 2 ? '' : element('path', { class: 'band', d: shape(run)!, 'fill-opacity': 0.16 })
}

/** The line through a run: the own one thick, the nation's dashed. */
export function lineOf(run: YearPoint[], x: Across, kind: 'own' | 'nation'): string {
  const shape = line<YearPoint>(
    (point) => x(point.x),
    ({ y }) => rounded(y),
  )
  const stroke = kind === 'own' ? { 'stroke-width': 3 } : { 'stroke-width': 1.5, 'stroke-dasharray': '5 4' }
  const joined = { 'stroke-linejoin': 'round', 'vector-effect': 'non-scaling-stroke' }
  return run.length < 2 ? '' : element('path', { class: `line-${kind}`, d: shape(run)!, ...stroke, ...joined })
}

/** The nation's year on its own, which no line goes through. */
export const strokeOf = (pen: Pen, run: YearPoint[]): string =>
  run.length === 1 ? stroke(pen, { x: run[0]!.x, y: run[0]!.y }, 16) : ''

/** What is told to be at least 90, or at most 10: a field, or one that points beyond the scale. It is no point of a line. */
export function boundIn(pen: Pen, { status }: ChartValue, x: number, down: (percent: number) => number): string {
  if (status !== 'at-least-90' && status !== 'at-most-10') return ''
  const [top, bottom] = status === 'at-least-90' ? [down(100), down(90)] : [down(10), down(0)]
  const box = `M-7 ${rounded(top)}h14V${rounded(bottom)}h-14z`
  const pointing = `M0 ${rounded(bottom + 9)}l-7 -9v-14h14v14z`
  return pen.at(x, element('path', { class: 'field', d: top === bottom ? pointing : box, 'stroke-width': 1.5 }))
}

/** A whisker for a year on its own, and the dots; an arrow in the lower edge where the value lies below the scale. */
export function dotsOf(pen: Pen, run: YearPoint[], lastYear: number): string {
  const [only] = run.length === 1 ? run : []
  return (
    (only ? whisker(pen, only) : '') + run.map((point) => dotOf(pen, point, point.year === lastYear ? 6 : 5)).join('')
  )
}

const dotOf = (pen: Pen, { x, y, isBelow }: YearPoint, r: number) =>
  isBelow
    ? pen.at(x, element('path', { class: 'own', d: `M0 ${y + r + 2}l${-r} ${-1.6 * r}h${2 * r}z`, 'stroke-width': 2 }))
    : dot(pen, { x, y }, r)

function whisker(pen: Pen, { x, top, bottom }: YearPoint): string {
  if (top === bottom) return ''
  const caps = element('path', {
    class: 'interval',
    d: `M-5 ${rounded(top)}h10M-5 ${rounded(bottom)}h10`,
    'stroke-width': 2,
  })
  return upright(pen, 'interval', x, [top, bottom], 2) + pen.at(x, caps)
}
