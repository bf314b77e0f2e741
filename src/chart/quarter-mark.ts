import { element } from './drawing.ts'

/** Where something stands among all: told by the height of the filled part, and by a colour. */
export type QuarterKind = 'best' | 'middle' | 'last'

const filled: Record<QuarterKind, { y: number; height: number }> = {
  best: { y: 0, height: 6 },
  middle: { y: 5, height: 8 },
  last: { y: 12, height: 6 },
}

export const quarterKinds = Object.keys(filled) as QuarterKind[]

/** A box of 12 × 18 that is filled at the top, in the middle or at the bottom. The words beside it say the same. */
export const quarterMark = (quarter: QuarterKind) =>
  element(
    'svg',
    { class: 'graph quarter', 'aria-hidden': 'true', width: 12, height: 18 },
    element('use', { href: `#${idOf(quarter)}` }),
  )

/** What a page has of it once, in `chartDefs()`. Its copies see no class but those in it. */
export function quarterSymbol(quarter: QuarterKind): string {
  const box = element('rect', { class: 'box', x: 0.5, y: 0.5, width: 11, height: 17, 'stroke-width': 1 })
  const part = element('rect', { class: quarter, x: 0, width: 12, ...filled[quarter] })
  return element('symbol', { id: idOf(quarter), class: 'graph', viewBox: '0 0 12 18' }, box + part)
}

const idOf = (quarter: QuarterKind) => `quarter-${quarter}`
