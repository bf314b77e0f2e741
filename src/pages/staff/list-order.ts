/** An order of rows by one column: `compare` as it is first asked for, and whether the largest comes first in it. */
interface ComparedOrder<Row> {
  compare: (one: Row, other: Row) => number
  isFalling?: boolean
}

/** An order by a figure: the largest first, and what has none last both ways. */
interface FigureOrder<Row> {
  figure: (row: Row) => number | undefined
}

export type ListOrder<Row> = ComparedOrder<Row> | FigureOrder<Row>

/** Whether the largest comes first in it. */
export const isFalling = <Row>(order: ListOrder<Row>): boolean => 'figure' in order || order.isFalling === true

/** Compares rows by an order, or by its reverse. */
export function comparing<Row>(order: ListOrder<Row>, isReversed: boolean): (one: Row, other: Row) => number {
  const sign = isReversed ? -1 : 1
  if (!('figure' in order)) return (one, other) => sign * order.compare(one, other)
  const { figure } = order
  return (one, other) => {
    const [a, b] = [figure(one), figure(other)]
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
    return sign * (b - a)
  }
}
