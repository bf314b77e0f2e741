import { escaped } from '../text/escaped.ts'
import { drawing, element, type Pen, type Width, words } from './drawing.ts'
import { framed, widthOf } from './frame.ts'
import { arrow, dot, upright } from './marks.ts'
import { isBelow, placeOn, shareScale, tickNumbers } from './scale.ts'

/** Whole per cent of something with a name: those of the same stand on each other, so that none is hidden. */
export interface StripDot {
  name: string
  percent: number
}

/** From the lowest to the highest of a quarter. */
interface Bracket {
  from: number
  to: number
  label: string
}

export interface Strip {
  /** All that are shown, `mine` among them; `name` is what a pointer is told: "Ale 86 %". */
  dots: StripDot[]
  /** The one that is marked, by its name among the dots, with what stands above it: "Alingsås 76 %". */
  mine?: { name: string; label: string }
  nation?: { percent: number; label: string }
  lowest?: Bracket
  highest?: Bracket
  /** What is heard of it: the middle half, the nation, mine. The link to the table stands below. */
  label: string
  percent: (number: number) => string
}

const place = placeOn(shareScale)
/** In pixels: the radius of a dot and of mine, from one to the next in a stack, and where the words above stand. */
const sizes = { dot: 2.75, mine: 7, step: 6 }
const tops = { nation: 16, mine: 36, plot: 50, least: 90 }
const margin = { start: 28, end: 48 }

/** Every one as a dot at its per cent; mine large on the base line and named, the nation as a stroke through all, the quarters as brackets. */
export function strip(chart: Strip, { width = 'fluid' as Width } = {}): string {
  const mine = chart.dots.find(({ name }) => name === chart.mine?.name)
  const dots = stacked(chart.dots, mine)
  const tallest = Math.max(0, ...dots.map(({ up }) => up))
  const base = Math.max(tops.least, tops.plot + tallest)
  const drawn = drawing({ width, height: base + 60, kind: 'strip', label: chart.label, margin }, (pen) =>
    [
      element('line', { class: 'grid', x1: 0, x2: pen.x(100), y1: base, y2: base }),
      ...dots.map((one) => dotOf(pen, one, base)),
      nationOf(pen, chart, base),
      mine ? mineOf(pen, chart, mine.percent, base) : '',
      chart.lowest ? bracket(pen, chart.lowest, base, 'lowest') : '',
      chart.highest ? bracket(pen, chart.highest, base, 'highest') : '',
      tickNumbers(pen, shareScale, base + 52, chart.percent),
    ].join(''),
  )
  return width === 'fluid' ? framed('strip-frame', drawn, 'ends-3') : drawn
}

type Stacked = StripDot & { up: number }

/** Each with how far above the base line it is; mine has the lowest place of its stack, and is larger. */
function stacked(all: readonly StripDot[], mine: StripDot | undefined): Stacked[] {
  const stackOf = ({ percent }: StripDot) => (isBelow(shareScale, percent) ? 'below' : percent)
  const heights = new Map(mine ? [[stackOf(mine), 2 * sizes.mine]] : [])
  return all
    .filter((one) => one !== mine)
    .map((one) => {
      const up = (heights.get(stackOf(one)) ?? 0) + sizes.step
      heights.set(stackOf(one), up)
      return { ...one, up }
    })
}

/** Those below the scale stand before its edge, on each other. */
function dotOf(pen: Pen, { name, percent, up }: Stacked, base: number): string {
  const at = isBelow(shareScale, percent) ? -10 : pen.x(place(percent))
  return element(
    'circle',
    { class: 'one', cx: at, cy: base + 2 - up, r: sizes.dot },
    element('title', {}, escaped(name)),
  )
}

function nationOf(pen: Pen, { nation }: Strip, base: number): string {
  if (!nation) return ''
  const x = place(nation.percent)
  const label = words(nation.label, { class: 'strong', x: pen.x(x), y: tops.nation, 'text-anchor': anchorAt(x) })
  return upright(pen, 'nation', x, [tops.nation + 6, base], 2) + label
}

/** How wide the plot is on a phone, in pixels. */
const narrowest = 224

/** Its words stand on the side away from the nation's stroke, where there is room. */
function mineOf(pen: Pen, { mine, nation }: Strip, percent: number, base: number): string {
  const x = place(percent)
  const wide = pen.isFluid ? narrowest : Number(pen.x(100))
  const hasRoom = x < 70 || (x * wide) / 100 + widthOf(mine!.label) < wide + margin.end
  const isRight = x < 30 || (hasRoom && nation !== undefined && nation.percent < percent)
  const at = { x: pen.x(x), dx: isRight ? -4 : 4, y: tops.mine, 'text-anchor': isRight ? 'start' : 'end' }
  const leader = upright(pen, 'interval', x, [tops.mine + 6, base - 6], 1.5)
  const mark = isBelow(shareScale, percent) ? arrow('own', base - 5, 7) : dot(pen, { x, y: base - 5 }, sizes.mine)
  return leader + mark + words(mine!.label, { class: 'strong', ...at })
}

const anchorAt = (x: number) => (x < 20 ? 'start' : x > 80 ? 'end' : 'middle')

/** A line with ends below the quarter. Its words hang at its inner end, where both keep out of each other's way. */
function bracket(pen: Pen, { from, to, label }: Bracket, base: number, side: 'lowest' | 'highest'): string {
  const [start, end] = [place(from), place(to)]
  const y = base + 12
  const line = element('line', { class: 'bracket', x1: pen.x(start), x2: pen.x(end), y1: y, y2: y, 'stroke-width': 2 })
  const ends = [start, end].map((x) => upright(pen, 'bracket', x, [y - 4, y], 2))
  const below = (kind: string, room: number): string => {
    const at = side === 'lowest' ? Math.max(end, room) : Math.min(start, 100 - room)
    const anchor = side === 'lowest' ? 'end' : 'start'
    return words(label, { class: `soft ${kind}`, x: pen.x(at), y: base + 30, 'text-anchor': anchor })
  }
  return line + ends.join('') + below('wide', 13) + (pen.isFluid ? below('narrow', 27) : '')
}
