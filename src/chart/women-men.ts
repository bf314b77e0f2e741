import { type ChartValue, drawing, element, isWithheld, type Pen, type Width } from './drawing.ts'
import { arrow, dot, field, fieldBeyond, square, withheldField } from './marks.ts'
import { gridOf, isBelow, placeOn, shareScale } from './scale.ts'

/** The shares of two sets of people, without intervals and numbers, which would give people away. */
export interface WomenMen {
  women: ChartValue
  men: ChartValue
}

/** Two tracks, so that the dot of women and the square of men never cover each other: in pixels from the top. */
const tracks = { women: 12, men: 28 }
const height = 40
const place = placeOn(shareScale)

/** Women as a dot on the upper track, men as a square on the lower one, and a line between them where both are told and differ. */
export function womenMen({ women, men }: WomenMen, { width = 'fluid' as Width } = {}): string {
  return drawing({ width, height, kind: 'women-men' }, (pen) => {
    if (isWithheld(women) && isWithheld(men)) return withheldField(pen, height / 2)
    return gridOf(pen, shareScale) + link(pen, women, men) + markOf(pen, 'women', women) + markOf(pen, 'men', men)
  })
}

function link(pen: Pen, { percent: from }: ChartValue, { percent: to }: ChartValue): string {
  if (from === undefined || to === undefined || from === to) return ''
  const ends = { x1: pen.x(place(from)), x2: pen.x(place(to)), y1: tracks.women, y2: tracks.men }
  return element('line', { class: 'link', ...ends, 'stroke-width': 2 })
}

function markOf(pen: Pen, kind: keyof typeof tracks, value: ChartValue): string {
  const y = tracks[kind]
  const { status, percent } = value
  if (isWithheld(value)) return withheldField(pen, y, 10)
  if (status === 'at-least-90') return field(pen, [place(90), 100], y, 10)
  if (status === 'at-most-10') return fieldBeyond(y, 10)
  if (percent === undefined) return ''
  if (isBelow(shareScale, percent)) return arrow(kind, y)
  return kind === 'women' ? dot(pen, { x: place(percent), y }, 7, kind) : square(pen, { x: place(percent), y })
}
