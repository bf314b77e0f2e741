import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import type { Range } from '../../../disclosure/steps.ts'
import { escaped } from '../../../text/escaped.ts'

/** One line through days. `rate` is a share from 0 to 1; days without one are left out. */
export interface RateSeries {
  /** Said at the end of the line. */
  label: string
  kind: 'own' | 'last-year' | 'nation'
  points: { number: number; rate?: Range }[]
}

/** One bar: `rate` absent where it cannot be told, and then `figure` says why. */
export interface RateBar {
  label: string
  rate?: Range
  /** What stands at the end of the bar, such as `48 %, n = 120`. */
  figure: string
}

/** What a chart says in words: a title in one sentence, and a description for those who do not see it. */
export interface ChartText {
  title: string
  description: string
  /** Makes the ids of the page's charts differ. */
  id: string
  direction?: 'ltr' | 'rtl'
}

/** So narrow that its words can still be read on a phone. */
const width = 500
const lineHeight = 20

/** The response rate day by day as lines from 0 to the highest, each led to its name at the edge. Texts of the axes are the caller's. */
export function rateOverTime(
  text: ChartText,
  series: RateSeries[],
  { percent, day }: { percent: (share: number) => string; day: (number: number) => string },
): string {
  const [height, start, end, top, bottom] = [280, 52, 350, 16, 242]
  const drawn = series
    .map((one) => ({ ...one, points: one.points.flatMap(({ number, rate }) => (rate ? [{ number, rate }] : [])) }))
    .filter(({ points }) => points.length > 0)
  const all = drawn.flatMap(({ points }) => points)
  const lastDay = Math.max(2, ...all.map(({ number }) => number))
  const x = scaleLinear([1, lastDay], [start, end])
  const y = scaleLinear([0, Math.max(0.1, ...all.map(({ rate }) => rate.high))], [bottom, top]).nice(4)
  const path = line<(typeof all)[number]>()
    .x(({ number }) => round(x(number)))
    .y(({ rate }) => round(y((rate.low + rate.high) / 2)))
  const grid = y
    .ticks(4)
    .map(
      (share) =>
        `<line class="grid" x1="${start}" x2="${end}" y1="${round(y(share))}" y2="${round(y(share))}"/>` +
        label(start - 8, y(share) + 5, percent(share), 'end', 'axis'),
    )
  const days = [...new Set([1, Math.round((1 + lastDay) / 2), lastDay])].map((number) =>
    label(x(number), bottom + 24, day(number), 'middle', 'axis'),
  )
  const ends = apart(drawn.map(({ points }) => y((points.at(-1)!.rate.low + points.at(-1)!.rate.high) / 2)))
  const lines = drawn.map(({ kind, label: name, points }, index) => {
    const dot = points.at(-1)!
    const [cx, cy] = [round(x(dot.number)), round(y((dot.rate.low + dot.rate.high) / 2))]
    return (
      `<path class="line ${kind}" fill="none" d="${path(points)}"${kind === 'last-year' ? ' stroke-dasharray="6 4"' : ''}/>` +
      `<circle class="dot ${kind}" r="3.5" cx="${cx}" cy="${cy}"/>` +
      (cx < end ? `<line class="leader" x1="${cx + 8}" y1="${cy}" x2="${end + 8}" y2="${round(ends[index]!)}"/>` : '') +
      label(end + 12, ends[index]! + 5, name, 'start', kind)
    )
  })
  return svg(text, height, [...grid, ...days, ...lines].join(''))
}

/**
 * A bar for each line of a table, from 0 to 100 %, with its figure beside it. A range ends in a lighter part. Where no rate is told there
 * is no bar: an empty one reads as nought.
 */
export function ratesByLine(text: ChartText, bars: RateBar[]): string {
  const [start, end, row] = [0, 310, 44]
  const x = scaleLinear([0, 1], [start, end])
  const drawn = bars.map(({ label: name, rate, figure }, index) => {
    const top = index * row
    const [low, high] = rate ? [round(x(rate.low)), round(x(rate.high))] : [0, 0]
    return (
      label(start, top + 15, name, 'start', 'name') +
      (rate ? `<rect class="track" x="${start}" y="${top + 22}" width="${end}" height="12"/>` : '') +
      (rate ? `<rect class="bar" x="${start}" y="${top + 22}" width="${low}" height="12"/>` : '') +
      (high > low ? `<rect class="range" x="${low}" y="${top + 22}" width="${round(high - low)}" height="12"/>` : '') +
      label(rate ? end + 12 : start, top + 33, figure, 'start', 'figure')
    )
  })
  return svg(text, Math.max(1, bars.length) * row, drawn.join(''))
}

function svg({ title, description, id, direction = 'ltr' }: ChartText, height: number, inside: string): string {
  return (
    `<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" direction="${direction}" ` +
    `aria-labelledby="${escaped(id)}-title ${escaped(id)}-text"><title id="${escaped(id)}-title">${escaped(title)}</title>` +
    `<desc id="${escaped(id)}-text">${escaped(description)}</desc>${inside}</svg>`
  )
}

/** Names at the ends of lines that lie close would be written over each other: each moves down as far as it must. */
function apart(heights: number[]): number[] {
  const order = heights.map((height, index) => ({ height, index })).sort((a, b) => a.height - b.height)
  const placed: number[] = []
  let free = Number.NEGATIVE_INFINITY
  for (const { height, index } of order) {
    placed[index] = Math.max(height, free)
    free = placed[index]! + lineHeight
  }
  return placed
}

const label = (x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end', kind: string) =>
  `<text class="${kind}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(text)}</text>`

const round = (number: number) => Math.round(number * 10) / 10
