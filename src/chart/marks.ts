import { element, type Pen } from './drawing.ts'

/** What one mark means on every page: shape carries it, colour helps. */
export type MarkKind = 'own' | 'nation' | 'before' | 'women' | 'men'

/** Who is drawn where: `x` from 0 to 100 along the width, `y` in pixels. */
interface Place {
  x: number
  y: number
}

/** The filled dot with a halo of paper, so that it stands apart from what lies under it. */
export const dot = (pen: Pen, { x, y }: Place, r: number, kind: MarkKind = 'own') =>
  element('circle', { class: kind, cx: pen.x(x), cy: y, r, 'stroke-width': 2 })

/** Last year's ring. */
export const ring = (pen: Pen, { x, y }: Place, r: number) =>
  element('circle', { class: 'before', cx: pen.x(x), cy: y, r, 'stroke-width': 2 })

/** The nation's upright stroke. */
export const stroke = (pen: Pen, { x, y }: Place, height: number) =>
  upright(pen, 'nation', x, [y - height / 2, y + height / 2], 3)

export function upright(pen: Pen, kind: string, x: number, [y1, y2]: [number, number], thick: number): string {
  return element('line', { class: kind, x1: pen.x(x), x2: pen.x(x), y1, y2, 'stroke-width': thick })
}

/** The square of men: as heavy as a dot of 7. */
export const square = (pen: Pen, { x, y }: Place, side = 13) =>
  pen.at(
    x,
    element('rect', { class: 'men', x: -side / 2, y: y - side / 2, width: side, height: side, 'stroke-width': 2 }),
  )

/** How sure a value is: from one place to another, with an arrowhead where it goes on below the scale. */
export function interval(pen: Pen, [from, to]: [number, number], y: number, goesOn: boolean): string {
  const line = element('line', { class: 'interval', x1: pen.x(from), x2: pen.x(to), y1: y, y2: y, 'stroke-width': 3 })
  const head = goesOn ? element('path', { class: 'goes-on', d: `M-3 ${y - 4}l-4 4l4 4`, 'stroke-width': 2 }) : ''
  return line + head
}

/** An arrow in the edge: the value lies below the scale, and its number stands beside. */
export const arrow = (kind: MarkKind, y: number, size = 7) =>
  element('path', { class: kind, d: `M${-size - 4} ${y}l${2 * size} ${-size}v${2 * size}z`, 'stroke-width': 2 })

/** Somewhere in here: at least 90 %. Its edges lie on the ends of the scale. */
export const field = (pen: Pen, [from, to]: [number, number], y: number, height = 14) =>
  element('rect', {
    class: 'field',
    x: pen.x(from),
    width: pen.x(to - from),
    y: y - height / 2,
    height,
    'stroke-width': 1.5,
  })

/** Somewhere beyond the edge: at most 10 %, on a scale that begins at 40. */
export const fieldBeyond = (y: number, height = 14) =>
  element('path', { class: 'field', d: `M-9 ${y}l9 ${-height / 2}h14v${height}h-14z`, 'stroke-width': 1.5 })

/** Kept back: hatched over the whole scale, where the dot would be. */
export const withheldField = (pen: Pen, y: number, height = 14) =>
  element('rect', {
    class: 'withheld',
    fill: 'url(#hatch)',
    x: 0,
    width: pen.x(100),
    y: y - height / 2,
    height,
    'stroke-width': 1,
  })
