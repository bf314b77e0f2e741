import { scaleLinear } from 'd3-scale'
import { drawing, element, type Pen, type Width, words } from './drawing.ts'

/** From where to where per cent go, and what is written and ruled of them. */
export interface ChartScale {
  from: number
  to: number
  ticks: readonly number[]
}

/** The one scale of shares, on every page, so that pages can be laid side by side. */
export const shareScale: ChartScale = { from: 40, to: 100, ticks: [40, 50, 60, 70, 80, 90, 100] }

/** The same with fewer lines, for what is small. */
export const coarseScale: ChartScale = { ...shareScale, ticks: [40, 60, 80, 100] }

/** Where a per cent lies along the width, from 0 to 100: what is below the scale, at its edge. */
export function placeOn({ from, to }: ChartScale): (percent: number) => number {
  return scaleLinear([from, to], [0, 100]).clamp(true)
}

export const isBelow = ({ from }: ChartScale, percent: number) => percent < from

/** Upright lines at the ticks. A page has those of the two scales of shares in its `chartDefs()`. */
export function gridOf(pen: Pen, scale: ChartScale): string {
  if (pen.isFluid) return element('use', { href: `#${gridId(scale)}`, class: 'grid' })
  return gridLines(scale, (part) => pen.x(part), pen.height)
}

export const gridId = ({ ticks }: ChartScale) => `grid-${ticks.length}`

/** @param height of a drawing of its own; a page shares lines as high as what they are used in */
export function gridLines(scale: ChartScale, x: (part: number) => string, height: number | '100%' = '100%'): string {
  const place = placeOn(scale)
  const lines = scale.ticks.map((tick) => x(place(tick)))
  return lines.map((at) => element('line', { class: 'grid', x1: at, x2: at, y1: 0, y2: height })).join('')
}

/**
 * The numbers of the ticks, in the middle below or above them; every other is left out on phones.
 * @param percent writes a number with its sign: the first and the last have it
 */
export function tickNumbers(
  pen: Pen,
  { ticks, ...scale }: ChartScale,
  y: number,
  percent: (number: number) => string,
): string {
  const place = placeOn({ ticks, ...scale })
  const isEnd = (tick: number) => tick === ticks[0] || tick === ticks.at(-1)
  return ticks
    .map((tick, at) => {
      const attributes = {
        class: at % 2 === 1 ? 'soft odd' : 'soft',
        x: pen.x(place(tick)),
        y,
        'text-anchor': 'middle',
      }
      return words(isEnd(tick) ? percent(tick) : String(tick), attributes)
    })
    .join('')
}

/** The head of a column of rows: 40 % to 100 %. @param percent writes a number with its sign */
export function shareAxis(percent: (number: number) => string, { width = 'fluid' as Width } = {}): string {
  return drawing({ width, height: 20, kind: 'axis' }, (pen) => tickNumbers(pen, shareScale, 14, percent))
}
