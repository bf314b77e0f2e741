import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import type { Range } from '../../../disclosure/steps.ts'
import { escaped } from '../../../text/escaped.ts'
import { isOver, placeNames, type Word } from './chart-names.ts'

/** One line through days. `rate` is a share from 0 to 1; days without one are left out. */
export interface RateSeries {
  /** Said where the line ends. */
  label: string
  kind: 'own' | 'last-year' | 'nation'
  points: { number: number; rate?: Range }[]
}

/** What a chart says in words: a title in one sentence, and a description for those who do not see it. */
export interface ChartText {
  title: string
  description: string
  /** Makes the ids of the page's charts differ. */
  id: string
  direction?: 'ltr' | 'rtl'
}

/** The days of a round, the first of them 1. */
export interface DayAxis {
  last: number
  /** Some days to write below. */
  marks: { number: number; label: string }[]
  /** Until when there can be figures, while it is under way. */
  today?: { number: number; label: string }
}

type Point = { number: number; rate: Range }
type Drawn = Omit<RateSeries, 'points'> & { points: Point[] }

/** As wide as the page of a desktop, and as a phone: the words of each are as large as those beside it. */
const sizes = { wide: { width: 800, height: 300, letters: 15 }, narrow: { width: 340, height: 250, letters: 14 } }

/**
 * The response rate day by day as lines from 0 to the highest: what is told of it as a band, its middle as the line. Each is named at its
 * own end. It is drawn twice, `wide` and `narrow`, of which the style shows one; texts of the axes are the caller's.
 */
export function rateOverTime(
  text: ChartText,
  series: RateSeries[],
  axis: DayAxis,
  percent: (share: number) => string,
): string {
  const drawn = series
    .map((one) => ({ ...one, points: one.points.flatMap(({ number, rate }) => (rate ? [{ number, rate }] : [])) }))
    .filter(({ points }) => points.length > 0)
  return (['wide', 'narrow'] as const).map((size) => draw(size, text, drawn, axis, percent)).join('')
}

function draw(
  size: keyof typeof sizes,
  { title, description, id, direction = 'ltr' }: ChartText,
  drawn: Drawn[],
  axis: DayAxis,
  percent: (share: number) => string,
): string {
  const { width, height, letters } = sizes[size]
  const [start, end, top, bottom] = [48, width - 12, 22, height - 32]
  const highest = Math.max(0.1, ...drawn.flatMap(({ points }) => points.map(({ rate }) => rate.high)))
  const x = scaleLinear([1, Math.max(2, axis.last)], [start, end])
  const y = scaleLinear([0, highest], [bottom, top]).nice(4)
  const middle = ({ rate }: Point) => round(y((rate.low + rate.high) / 2))
  const across = ({ number }: Point) => round(x(number))

  const path = line<Point>().x(across).y(middle)
  const band = area<Point>()
    .x(across)
    .y0(({ rate }) => round(y(rate.low)))
    .y1(({ rate }) => round(y(rate.high)))
  const grid = y
    .ticks(4)
    .map(
      (share) =>
        `<line class="grid" x1="${start}" x2="${end}" y1="${round(y(share))}" y2="${round(y(share))}"/>` +
        word({ x: start - 8, y: y(share) + 5, text: percent(share), anchor: 'end', kind: 'axis' }),
    )
  const { today } = axis
  const below = ({ number, label }: { number: number; label: string }, kind: string): Word => {
    const anchor = number <= 2 ? 'start' : number >= axis.last - 1 ? 'end' : 'middle'
    return { x: x(number), y: height - 8, text: label, anchor, kind }
  }
  const days = today ? [below(today, 'own')] : []
  const byWorth = [...axis.marks.slice(0, 1), ...axis.marks.slice(-1), ...axis.marks.slice(1, -1)]
  for (const mark of byWorth.map((mark) => below(mark, 'axis')))
    if (!days.some((other) => isOver(mark, other, letters))) days.push(mark)
  const now = today
    ? `<line class="today" x1="${round(x(today.number))}" x2="${round(x(today.number))}" y1="${top}" y2="${bottom}"/>`
    : ''
  const ways = drawn.map(({ points }) => points.map((point) => ({ x: across(point), y: middle(point) })))
  const ends = drawn.map(({ label, kind }, at) => ({ text: label, kind, ...ways[at]!.at(-1)! }))
  const names = placeNames(ends, ways, { size: letters, top, bottom, width })
  const lines = drawn.map(({ kind, points }) => {
    const last = points.at(-1)!
    return (
      (kind === 'own' ? `<path class="band" d="${band(points)}"/>` : '') +
      `<path class="line ${kind}" fill="none" d="${path(points)}"${kind === 'last-year' ? ' stroke-dasharray="6 4"' : ''}/>` +
      `<circle class="dot ${kind}" r="4" cx="${across(last)}" cy="${middle(last)}"/>`
    )
  })
  const inside = [...grid, now, ...days.map(word), ...lines, ...names.map(word)].join('')
  const ids = [`${escaped(id)}-${size}-title`, `${escaped(id)}-${size}-text`]
  return (
    `<svg class="chart ${size}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" direction="${direction}" ` +
    `aria-labelledby="${ids.join(' ')}"><title id="${ids[0]}">${escaped(title)}</title>` +
    `<desc id="${ids[1]}">${escaped(description)}</desc>${inside}</svg>`
  )
}

const word = ({ x, y, text, anchor, kind }: Word) =>
  `<text class="${kind}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(text)}</text>`

const round = (number: number) => Math.round(number * 10) / 10
