/**
 * The charts of the results, drawn on the server: each is a function from plain values and texts to the text of an SVG. It knows no subject.
 *
 *     dotRow({ own: { status: 'shown', percent: 79, low: 71, high: 85 }, nation: 83, before: 59 })
 *
 * - **One drawing for all screens**: across it is in per cent of the width, down it is in pixels, so that words and dots keep their size
 *   between 280 and 900 px. The same function with `{ width: 720 }` draws for a file: see saved-picture.ts.
 * - **In a row of a table** (`dotRow`, `womenMen`, `stackedBar`) it is hidden from screen readers: the row says it in words. Its cell needs
 *   10 px at either side, for dots at the ends. `shareAxis` is the head of such a column.
 * - **On its own** (`years`, `strip`, `priority`) it is an image with the label that the caller gives, and brings a frame with room around it.
 * - **A page** has `chartDefs()` once, before its first chart, and the style sheet assets/results/charts.css. There is no `style` attribute,
 *   and every text is escaped here: callers give texts as they are, numbers with their signs included ("79 %").
 * - `keyMark` and `quarterMark` are the small marks that stand in text.
 */
import { escaped } from '../text/escaped.ts'

/** As wide as there is room, or so many pixels: for a file. */
export type Width = 'fluid' | number

/** What a chart may be given of a share: whole per cent and how sure it is, or the word for why there is none. */
export interface ChartValue {
  status: 'shown' | 'few' | 'protected' | 'at-least-90' | 'at-most-10' | 'nobody' | 'not-surveyed'
  /** Whole per cent, where `shown`. */
  percent?: number
  /** The ends of its interval, in per cent. */
  low?: number
  high?: number
}

/** Whether it is kept back, and hatched: what nobody was asked, or answered, leaves its place empty. */
export const isWithheld = ({ status }: ChartValue) => status === 'few' || status === 'protected'

/** Places along the width of a drawing, each given from 0 to 100. */
export interface Pen {
  isFluid: boolean
  /** In pixels, of the whole drawing. */
  height: number
  /** As the value of an attribute: `65.83%`, or pixels. */
  x(part: number): string
  /** What is drawn in pixels from that place on. */
  at(part: number, inside: string): string
  /** Lines and fields that stretch with the width; whoever draws them is given places as numbers. */
  stretched(height: number, draw: (x: (part: number) => number) => string): string
}

/** The room beside a drawing of its own, in pixels. */
export interface Margin {
  start: number
  end: number
}

interface Drawing {
  width?: Width
  height: number
  /** Its class: `dot-row`. */
  kind: string
  /** What is heard of it; without one it is hidden, for something beside it says the same. */
  label?: string
  /** In a file; on a page the frame around it has the room. */
  margin?: Margin
}

/** The outermost element of a chart. */
export function drawing({ width = 'fluid', height, kind, label, margin }: Drawing, draw: (pen: Pen) => string): string {
  const isFluid = width === 'fluid'
  const { start, end } = margin ?? { start: 0, end: 0 }
  const inside = isFluid ? draw(penOf(width, height)) : moved(start, draw(penOf(width - start - end, height)))
  const heard =
    label === undefined ? { 'aria-hidden': 'true', focusable: 'false' } : { role: 'img', 'aria-label': label }
  return element('svg', { class: `graph ${kind}`, width: isFluid ? '100%' : width, height, ...heard }, inside)
}

function penOf(width: Width, height: number): Pen {
  const isFluid = width === 'fluid'
  const pixels = (part: number) => (isFluid ? part : (part * width) / 100)
  const x = (part: number) => (isFluid ? `${rounded(part)}%` : `${rounded(pixels(part))}`)
  return {
    isFluid,
    height,
    x,
    at: (part, inside) =>
      isFluid ? element('svg', { x: x(part), overflow: 'visible' }, inside) : moved(pixels(part), inside),
    stretched(height, draw) {
      const inside = draw((part) => rounded(pixels(part)))
      return isFluid
        ? element('svg', { viewBox: `0 0 100 ${height}`, width: '100%', height, ...stretching }, inside)
        : inside
    },
  }
}

const stretching = { preserveAspectRatio: 'none', overflow: 'visible' }

const moved = (x: number, inside: string) => element('g', { transform: `translate(${rounded(x)} 0)` }, inside)

type Attributes = Record<string, string | number | undefined>

/** An element with what is set of its attributes. @param inside is SVG already; texts come by {@link words}. */
export function element(name: string, attributes: Attributes, inside = ''): string {
  const set = Object.entries(attributes).filter(([, value]) => value !== undefined)
  const written = set
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escaped(value!)}"`)
    .join('')
  return inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`
}

/** A text, in one line. */
export const words = (text: string, attributes: Attributes) => element('text', attributes, escaped(text))

/** As many decimals as can be seen. */
export const rounded = (number: number) => Math.round(number * 100) / 100
