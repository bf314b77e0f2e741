import { element, rounded } from './drawing.ts'
import { quarterKinds, quarterSymbol } from './quarter-mark.ts'
import { coarseScale, gridId, gridLines, shareScale } from './scale.ts'

/** What the charts of a page share: once on it, before the first of them. */
export function chartDefs(): string {
  const grids = [shareScale, coarseScale].map((scale) =>
    element(
      'g',
      { id: gridId(scale) },
      gridLines(scale, (part) => `${rounded(part)}%`),
    ),
  )
  const inside = element('defs', {}, [patterns(), ...grids, ...quarterKinds.map(quarterSymbol)].join(''))
  return element('svg', { class: 'graph defs', 'aria-hidden': 'true', focusable: 'false', width: 0, height: 0 }, inside)
}

/** The hatching of what is kept back, and the lines on what is negative. */
export function patterns(): string {
  const pattern = (id: string, size: number, turned: number, line: string) =>
    element(
      'pattern',
      { id, width: size, height: size, patternUnits: 'userSpaceOnUse', patternTransform: `rotate(${turned})` },
      line,
    )
  const line = (kind: string, size: number, thick: number) =>
    element('path', { class: kind, d: `M${size / 2} 0v${size}`, 'stroke-width': thick })
  return pattern('hatch', 6, 45, line('hatching', 6, 1.2)) + pattern('lines', 5, -45, line('lines', 5, 1.5))
}
