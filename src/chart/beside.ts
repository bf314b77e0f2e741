import { widthOf } from './frame.ts'

/** A dot with a name, `x` from 0 to 100 along the width, `y` in pixels. */
export interface NamedDot {
  x: number
  y: number
  label: string
}

/** Where a name stands, from its dot, in pixels. */
export interface NamePlace {
  dx: number
  dy: number
  anchor: 'start' | 'middle' | 'end'
}

const right: NamePlace = { dx: 12, dy: 5, anchor: 'start' }
const left: NamePlace = { dx: -12, dy: 5, anchor: 'end' }
const above: NamePlace = { dx: 0, dy: -12, anchor: 'middle' }
const below: NamePlace = { dx: 0, dy: 22, anchor: 'middle' }

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

/** The narrowest and the widest that a drawing is, in pixels: a name must be in nobody's way on either. */
const widths = [300, 700]
const dotRadius = 9

/**
 * Where the names of dots stand: beside them, turned towards the middle, or over or under them, so that no name lies over a dot, a name
 * that has its place, or something else that is there. Where all four places are taken, the one with the fewest in its way.
 * @param taken what else is written, in pixels from the left and from the top, for a drawing of that width
 */
export function namesBeside(dots: readonly NamedDot[], taken: (width: number) => Box[]): NamePlace[] {
  const busy = widths.map((width) => [...taken(width), ...dots.map(({ x, y }) => around((x * width) / 100, y))])
  return dots.map((dot) => {
    const places = dot.x > 50 ? [left, right, above, below] : [right, left, above, below]
    const boxesOf = (place: NamePlace) => widths.map((width) => boxOf(dot, place, width))
    const inTheWay = (place: NamePlace) => {
      const each = boxesOf(place).map(
        (box, at) =>
          crossed(
            box,
            busy[at]!.filter((other) => !isOwn(other, dot, widths[at]!)),
          ) + outside(box, widths[at]!),
      )
      return each.reduce((sum, number) => sum + number, 0)
    }
    const best = places.reduce((one, other) => (inTheWay(other) < inTheWay(one) ? other : one))
    for (const [at, box] of boxesOf(best).entries()) busy[at]!.push(box)
    return best
  })
}

const around = (x: number, y: number): Box => ({
  left: x - dotRadius,
  right: x + dotRadius,
  top: y - dotRadius,
  bottom: y + dotRadius,
})
const isOwn = (box: Box, { x, y }: NamedDot, width: number) =>
  box.left === (x * width) / 100 - dotRadius && box.top === y - dotRadius
const outside = ({ left, right }: Box, width: number) => Number(left < 0) + Number(right > width)

function boxOf({ x, y, label }: NamedDot, { dx, dy, anchor }: NamePlace, width: number): Box {
  const long = widthOf(label)
  const start = (x * width) / 100 + dx - { start: 0, middle: long / 2, end: long }[anchor]
  return { left: start, right: start + long, top: y + dy - 13, bottom: y + dy + 4 }
}

const crossed = (box: Box, others: Box[]) =>
  others.filter(
    ({ left, right, top, bottom }) => box.left < right && left < box.right && box.top < bottom && top < box.bottom,
  ).length
