/** A word of a chart, at the line that it stands on. */
export interface Word {
  x: number
  y: number
  text: string
  anchor: 'start' | 'middle' | 'end'
  kind: string
}

/** How wide signs are, in parts of their height, where a device has the widest of the usual fonts; of one that is not here 0.64. */
const signs: [RegExp, number][] = [
  [/[\s.,:;'’|ijl]/u, 0.33],
  [/[-()frt]/u, 0.42],
  [/[mwMW%—]/u, 0.97],
  [/\p{Lu}/u, 0.77],
]
const [usual, strong] = [0.64, 1.09]

/** How wide a word is at the most, in px, of letters of that size. */
export const widthOf = ({ text, kind }: Pick<Word, 'text' | 'kind'>, size: number): number =>
  [...text].reduce((sum, sign) => sum + (signs.find(([some]) => some.test(sign))?.[1] ?? usual), 0) *
  size *
  (kind === 'own' ? strong : 1)

/** Whether two words of a line of text would touch, or stand so near that they are read as one. */
export function isOver(one: Word, other: Word, size: number): boolean {
  const startOf = (word: Word) => word.x - { start: 0, middle: 0.5, end: 1 }[word.anchor] * widthOf(word, size)
  const endOf = (word: Word) => startOf(word) + widthOf(word, size)
  return startOf(one) < endOf(other) + size / 2 && startOf(other) < endOf(one) + size / 2
}

interface Point {
  x: number
  y: number
}

interface Room {
  /** How large letters are, in px. */
  size: number
  top: number
  bottom: number
  width: number
}

const [above, below, beside, lineHeight] = [15, 6, 12, 20]
/** How far from the end of its line a name is looked for, the nearest first. */
const distances = [5, -12, 26, -30, 44, -48, 62, -66, 80, -84, 98, -102]

/**
 * Where the name of each line stands: as near to its end as may be, where no line runs through it and no other name is. Where there is
 * no such place it stands above its end, below whatever name is there.
 * @param ways the lines themselves
 */
export function placeNames(ends: Omit<Word, 'anchor'>[], ways: Point[][], room: Room): Word[] {
  const placed: Word[] = []
  const isApart = (name: Word) =>
    placed.every((other) => !isOver(name, other, room.size) || Math.abs(name.y - other.y) >= lineHeight)
  const isClear = (name: Word) => ways.every((way) => !runsThrough(way, boxOf(name, room)))
  for (const end of [...ends].sort((one, other) => one.y - other.y)) {
    const places = placesOf(end, room)
    const found = places.find((name) => isApart(name) && isClear(name)) ?? places.find(isApart)
    placed.push(found ?? places[0]!)
  }
  return placed
}

function placesOf(end: Omit<Word, 'anchor'>, { size, top, bottom, width }: Room): Word[] {
  const long = widthOf(end, size)
  const fits = ({ x, y, anchor }: Word) =>
    y - above >= 0 && y + below <= Math.max(bottom, top) && (anchor === 'start' ? x + long <= width : x - long >= 0)
  const places = distances.flatMap((dy): Word[] => [
    { ...end, x: end.x + beside, y: end.y + dy, anchor: 'start' },
    ...(dy === distances[0] ? [] : [{ ...end, x: Math.min(end.x, width - 4), y: end.y + dy, anchor: 'end' } as const]),
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

function boxOf(word: Word, { size }: Room): Box {
  const { x, y, anchor } = word
  const long = widthOf(word, size)
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
