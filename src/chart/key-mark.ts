import { drawing, element, type Pen } from './drawing.ts'
import { arrow, dot, field, interval, ring, square, stroke, withheldField } from './marks.ts'
import type { Tone } from './stacked-bar.ts'

export type KeyKind =
  | 'own'
  | 'own-interval'
  | 'nation'
  | 'before'
  | 'women'
  | 'men'
  | 'field'
  | 'withheld'
  | 'below'
  | Tone

const y = 9
const middle = { x: 50, y }

/** How wide each mark is, and what it is. */
const marks: Record<Exclude<KeyKind, Tone>, [width: number, (pen: Pen) => string]> = {
  own: [16, (pen) => dot(pen, middle, 6.5)],
  'own-interval': [34, (pen) => interval(pen, [0, 100], y, false) + dot(pen, middle, 6.5)],
  nation: [8, (pen) => stroke(pen, middle, 18)],
  before: [14, (pen) => ring(pen, middle, 5)],
  women: [16, (pen) => dot(pen, middle, 6.5, 'women')],
  men: [16, (pen) => square(pen, middle)],
  field: [26, (pen) => field(pen, [3, 97], y, 12)],
  withheld: [34, (pen) => withheldField(pen, y, 12)],
  below: [18, (pen) => pen.at(50, arrow('own', y))],
}

/** A mark in the line of a key, before the words that say what it means; for the parts of a bar, a swatch. */
export function keyMark(kind: KeyKind): string {
  const [width, draw] = kind in marks ? marks[kind as keyof typeof marks] : [18, () => swatch(kind as Tone)]
  return drawing({ width, height: 18, kind: 'key-mark' }, draw)
}

function swatch(tone: Tone): string {
  const box = { x: 0.5, y: 0.5, width: 17, height: 17 }
  const hatching = tone.startsWith('neg') ? element('rect', { fill: 'url(#lines)', ...box }) : ''
  return element('rect', { class: tone, ...box, 'stroke-width': tone === 'zero' ? 1 : undefined }) + hatching
}
