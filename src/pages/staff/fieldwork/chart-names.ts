/** A word of a chart, at the line that it stands on. */
export interface Word {
  x: number
  y: number
  text: string
  anchor: 'start' | 'middle' | 'end'
  kind: string
}

/** Whether two words of a line of text would touch. */
export function isOver(one: Word, other: Word, letter: number): boolean {
  const startOf = ({ x, text, anchor }: Word) => x - { start: 0, middle: 0.5, end: 1 }[anchor] * text.length * letter
  const endOf = (name: Word) => startOf(name) + name.text.length * letter
  return startOf(one) < endOf(other) + letter && startOf(other) < endOf(one) + letter
}

interface Point {
  x: number
  y: number
}

interface Room {
  /** How wide a letter is, at most. */
  letter: number
  top: number
  bottom: number
  width: number
}

const [above, below, beside, lineHeight] = [13, 5, 12, 18]
/** How far from the end of its line a name is looked for, the nearest first. */
const distances = [below, -12, 26, -30, 44, -48, 62, -66, 80, -84, 98, -102]

/**
 * Where the name of each line stands: as near to its end as may be, where no line runs through it and no other name is. Where there is
 * no such place it stands above its end, below whatever name is there.
 * @param ways the lines themselves
 */
export function placeNames(ends: Omit<Word, 'anchor'>[], ways: Point[][], room: Room): Word[] {
  const placed: Word[] = []
  const isApart = (name: Word) =>
    placed.every((other) => !isOver(name, other, room.letter) || Math.abs(name.y - other.y) >= lineHeight)
  const isClear = (name: Word) => ways.every((way) => !runsThrough(way, boxOf(name, room)))
  for (const end of [...ends].sort((one, other) => one.y - other.y)) {
    const places = placesOf(end, room)
    const found = places.find((name) => isApart(name) && isClear(name)) ?? places.find(isApart)
    placed.push(found ?? places[0]!)
  }
  return placed
}

function placesOf(end: Omit<Word, 'anchor'>, { letter, top, bottom, width }: Room): Word[] {
  const long = end.text.length * letter
  const fits = ({ x, y, anchor }: Word) =>
    y - above >= 0 && y + below <= Math.max(bottom, top) && (anchor === 'start' ? x + long <= width : x - long >= 0)
  const places = distances.flatMap((dy): Word[] => [
    { ...end, x: end.x + beside, y: end.y + dy, anchor: 'start' },
    ...(dy === below ? [] : [{ ...end, x: Math.min(end.x, width - 4), y: end.y + dy, anchor: 'end' } as const]),
  ])
  const fitting = places.filter(fits)
  return fitting.length > 0 ? fitting : [{ ...end, x: Math.min(end.x, width - 4), y: end.y - 12, anchor: 'end' }]
}

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

function boxOf({ x, y, text, anchor }: Word, { letter }: Room): Box {
  const long = text.length * letter
  const left = anchor === 'start' ? x : x - long
  return { left, right: left + long, top: y - above, bottom: y + below }
}

/** Whether a line passes through a box: looked at where its pieces are over or under it. */
function runsThrough(way: Point[], { left, right, top, bottom }: Box): boolean {
  return way.slice(1).some((to, at) => {
    const from = way[at]!
    const [start, end] = [Math.max(from.x, left), Math.min(to.x, right)]
    if (start > end) return false
    const height = (x: number) =>
      to.x === from.x ? from.y : from.y + ((x - from.x) / (to.x - from.x)) * (to.y - from.y)
    const [one, other] = [height(start), height(end)]
    return Math.min(one, other) < bottom && Math.max(one, other) > top
  })
}
