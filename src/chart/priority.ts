import { scaleLinear } from 'd3-scale'
import { type NamedDot, namesBeside } from './beside.ts'
import { drawing, element, type Pen, type Width, words } from './drawing.ts'
import { framed, widthOf } from './frame.ts'
import { dot } from './marks.ts'

export interface PriorityChart {
  /** Each with its share in per cent and how strongly it goes together with the whole. */
  points: { label: string; percent: number; strength: number }[]
  /** Where the halves are cut. */
  cut: { percent: number; strength: number }
  /** What stands in the corners: low and strong, high and strong, low and weak, high and weak. */
  corners: { first: string; guard: string; later: string; goOn: string }
  /** What is more upwards, and what is more to the right; their arrows are drawn. */
  up: string
  along: string
  /** What is heard of it; the order stands in a table beside. */
  label: string
  percent: (number: number) => string
}

/** In pixels: the plot, and how far from its edges a dot lies at least, for the words in its corners. */
const plot = { top: 26, height: 300, inset: 40 }
const bottom = plot.top + plot.height

/** Shares along, the strength of their association up, cut into four corners: the first, low and strong, is where to begin. */
export function priority(chart: PriorityChart, { width = 'fluid' as Width } = {}): string {
  const margin = { start: 2, end: 2 }
  const drawn = drawing({ width, height: bottom + 28, kind: 'priority', label: chart.label, margin }, (pen) =>
    contentOf(pen, chart),
  )
  return width === 'fluid' ? framed('priority-frame', drawn) : drawn
}

function contentOf(pen: Pen, chart: PriorityChart): string {
  const { points, cut, up, along, percent } = chart
  const [from, to] = endsOf(points.map((point) => point.percent))
  const x = scaleLinear([from, to], [0, 100]).clamp(true)
  const strengths = points.map(({ strength }) => strength)
  const down = scaleLinear(
    [Math.max(...strengths), Math.min(...strengths)],
    [plot.top + plot.inset, bottom - plot.inset],
  )
  const dots = points.map(({ label, percent, strength }) => ({ label, x: x(percent), y: down(strength) }))
  const [cutX, cutY] = [x(cut.percent), down(cut.strength)]
  return [
    element('rect', { class: 'corner', x: 0, y: plot.top, width: pen.x(cutX), height: cutY - plot.top }),
    element('rect', { class: 'frame', x: 0, y: plot.top, width: pen.x(100), height: plot.height, 'stroke-width': 1 }),
    element('line', { class: 'cut', x1: pen.x(cutX), x2: pen.x(cutX), y1: plot.top, y2: bottom, ...dashed }),
    element('line', { class: 'cut', x1: 0, x2: pen.x(100), y1: cutY, y2: cutY, ...dashed }),
    element('path', { class: 'axis-arrow', d: 'M5 16V5m-4 4l4-4l4 4', 'stroke-width': 1.5 }),
    words(up, { class: 'soft', x: 16, y: 15 }),
    words(percent(from), { class: 'soft', x: 0, y: bottom + 20 }),
    words(along, { class: 'soft', x: pen.x(62), y: bottom + 20, 'text-anchor': 'end' }),
    pen.at(62, element('path', { class: 'axis-arrow', d: `M6 ${bottom + 15}h11m-4 -4l4 4l-4 4`, 'stroke-width': 1.5 })),
    words(percent(to), { class: 'soft', x: pen.x(100), y: bottom + 20, 'text-anchor': 'end' }),
    ...cornersOf(chart).map(({ text, isRight, y }, at) =>
      words(text, {
        class: at === 0 ? 'strong' : 'soft',
        x: pen.x(isRight ? 100 : 0),
        dx: isRight ? -8 : 8,
        y,
        'text-anchor': isRight ? 'end' : 'start',
      }),
    ),
    named(pen, dots, chart),
  ].join('')
}

const dashed = { 'stroke-dasharray': '4 4' }

/** From 50 to 95 %, or as far as the shares go: from the ten below the lowest, and to 100. */
function endsOf(percents: number[]): [from: number, to: number] {
  const lowest = Math.min(...percents)
  return [Math.max(0, Math.min(50, 10 * Math.floor((lowest - 1) / 10))), Math.max(...percents) > 92 ? 100 : 95]
}

const cornersOf = ({ corners: { first, guard, later, goOn } }: PriorityChart) => [
  { text: first, isRight: false, y: plot.top + 20 },
  { text: guard, isRight: true, y: plot.top + 20 },
  { text: later, isRight: false, y: bottom - 10 },
  { text: goOn, isRight: true, y: bottom - 10 },
]

/** The dots with their names, none of them over another, a dot, or the words of a corner. */
function named(pen: Pen, dots: NamedDot[], chart: PriorityChart): string {
  const places = namesBeside(dots, (width) =>
    cornersOf(chart).map(({ text, isRight, y }) => {
      const left = isRight ? width - 8 - widthOf(text) : 8
      return { left, right: left + widthOf(text), top: y - 13, bottom: y + 4 }
    }),
  )
  const marks = dots.map((one) => dot(pen, one, 7))
  const names = dots.map(({ label, x, y }, at) => {
    const { dx, dy, anchor } = places[at]!
    return words(label, { x: pen.x(x), dx, y: y + dy, 'text-anchor': anchor })
  })
  return [...names, ...marks].join('')
}
