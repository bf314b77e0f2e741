import { type ChartValue, drawing, isWithheld, type Pen, type Width } from './drawing.ts'
import { arrow, dot, field, fieldBeyond, interval, ring, stroke, withheldField } from './marks.ts'
import { coarseScale, gridOf, isBelow, placeOn, shareScale } from './scale.ts'

/** A share beside the nation's and last year's, in per cent. */
export interface DotRow {
  own: ChartValue
  nation?: number
  before?: number
}

/** A row of a table, of a long table, a cell of a matrix, a row of small multiples: in pixels. */
const sizes = {
  row: { height: 32, dot: 7, stroke: 20, scale: shareScale },
  slim: { height: 24, dot: 6, stroke: 18, scale: shareScale },
  cell: { height: 22, dot: 5, stroke: 16, scale: coarseScale },
  small: { height: 26, dot: 5, stroke: 22, scale: coarseScale },
}

export type RowSize = keyof typeof sizes

/**
 * The own share as a dot with its interval, the nation's as an upright stroke, last year's as a ring, on the one scale from 40 to 100 %.
 * What lies below has an arrow in the edge. Where nothing is told of the own share, the hatched field says so, and only nobody asked is empty.
 */
export function dotRow(row: DotRow, { size = 'row' as RowSize, width = 'fluid' as Width } = {}): string {
  const { height, scale } = sizes[size]
  return drawing({ width, height, kind: 'dot-row' }, (pen) =>
    isWithheld(row.own) ? withheldField(pen, height / 2) : gridOf(pen, scale) + marksOf(row, pen, size),
  )
}

function marksOf({ own, nation, before }: DotRow, pen: Pen, size: RowSize): string {
  const { height, dot: r, stroke: strokeHeight, scale } = sizes[size]
  const y = height / 2
  const place = placeOn(scale)
  const { percent, low, high } = own
  const hasInterval = low !== undefined && high !== undefined
  const isSame = before !== undefined && before === percent
  return [
    own.status === 'at-least-90' && field(pen, [place(90), 100], y),
    own.status === 'at-most-10' && fieldBeyond(y),
    hasInterval && interval(pen, [place(low), place(high)], y, isBelow(scale, low)),
    nation !== undefined &&
      (isBelow(scale, nation) ? arrow('nation', y - 11, 5) : stroke(pen, { x: place(nation), y }, strokeHeight)),
    // A ring of the same value lies around the dot: under it, nobody would see it.
    before !== undefined &&
      (isBelow(scale, before)
        ? arrow('before', y + 11, 5)
        : ring(pen, { x: place(before), y }, isSame ? r + 3 : r - 2)),
    percent !== undefined && (isBelow(scale, percent) ? arrow('own', y, r + 1) : dot(pen, { x: place(percent), y }, r)),
  ]
    .filter((mark) => mark !== false)
    .join('')
}
