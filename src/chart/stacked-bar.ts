import { drawing, element, type Pen, type Width, words } from './drawing.ts'
import { upright } from './marks.ts'

/** From the most negative to the most positive. */
export type Tone = 'neg-2' | 'neg-1' | 'zero' | 'pos-1' | 'pos-2'

/** One option, or several that are told as one. */
export interface BarPart {
  tone: Tone
  /** Whole per cent: exact shares would tell numbers that are not told. They need not add up to 100. */
  percent: number
}

const height = 30
/** How far the line where positive begins goes beyond the bar. */
const beyond = 4

/**
 * How the answers are distributed: a bar of parts, the most negative first, negative ones hatched, and a line where positive begins.
 * @param parts in that order; their numbers stand in them where there is room on a phone
 */
export function stackedBar(parts: readonly BarPart[], { width = 'fluid' as Width } = {}): string {
  const sum = parts.reduce((total, { percent }) => total + percent, 0)
  let from = 0
  const placed = parts.map((part) => {
    const start = from
    from += (100 * part.percent) / sum
    return { ...part, start, length: from - start }
  })
  return drawing({ width, height: height + 2 * beyond, kind: 'stacked-bar' }, (pen) =>
    [
      ...placed.map((part) => fieldOf(pen, part)),
      ...placed.slice(1).map(({ start }) => upright(pen, 'gap', start, [beyond, beyond + height], 2)),
      ...placed.map((part) => numberOf(pen, part)),
      ...placed
        .filter(({ tone }) => tone.startsWith('pos'))
        .slice(0, 1)
        .map(({ start }) => upright(pen, 'split', start, [0, height + 2 * beyond], 2)),
    ].join(''),
  )
}

type PlacedPart = BarPart & { start: number; length: number }

function fieldOf(pen: Pen, { tone, start, length }: PlacedPart): string {
  const box = { x: pen.x(start), width: pen.x(length), y: beyond, height }
  const hatching = tone.startsWith('neg') ? element('rect', { fill: 'url(#lines)', ...box }) : ''
  return element('rect', { class: tone, ...box, 'stroke-width': tone === 'zero' ? 1 : undefined }) + hatching
}

/** One digit has room from 4 % on, two from 7 %. */
function numberOf(pen: Pen, { tone, percent, start, length }: PlacedPart): string {
  if (length < (percent < 10 ? 4 : 7)) return ''
  const at = { x: pen.x(start + length / 2), y: beyond + height / 2 + 5, 'text-anchor': 'middle' }
  return words(String(percent), { class: `on-${tone}`, ...at })
}
