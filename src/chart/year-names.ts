import { type Pen, words } from './drawing.ts'
import { widthOf } from './frame.ts'
import type { YearPoint } from './year-lines.ts'
import { narrowest, plot } from './year-words.ts'

/** The runs of points of both lines, earliest first. */
interface Runs {
  own: YearPoint[][]
  nation: YearPoint[][]
}

/** What the lines are called, and from where on all that is left of the own one is kept back, from 0 to 100. */
interface Named {
  ownLabel: string
  nationLabel?: string
  hatchedFrom?: number
}

/** The name of a line: where it stands behind the plot, and where on a phone, within it. */
export interface EndName {
  text: string
  kind: 'strong' | 'soft'
  behind: number
  within: { x: number; dx: number; y: number }
}

/** So far from each other that neither touches the other. */
const apart = 18

/**
 * The names of the lines where they end: behind them, and on a phone, where there is no room behind, above and below all that is drawn
 * where they stand.
 */
export function endNames(runs: Runs, { ownLabel, nationLabel = '', hatchedFrom }: Named): EndName[] {
  const [own, nation] = [runs.own.at(-1)?.at(-1), runs.nation.at(-1)?.at(-1)]
  const isAbove = own !== undefined && nation !== undefined && own.y < nation.y
  const missing = own && nation ? Math.max(0, apart - Math.abs(own.y - nation.y)) / 2 : 0
  const name = (text: string, kind: EndName['kind'], point: YearPoint | undefined, isUp: boolean): EndName[] => {
    if (!point || text === '') return []
    const end = endWithin(text, point, hatchedFrom)
    const y = isUp ? aboveAll(runs, text, end.x) : belowAll(runs, text, end.x)
    return [{ text, kind, behind: point.y + 5 + (isUp ? -missing : missing), within: { ...end, y } }]
  }
  return [...name(nationLabel, 'soft', nation, !isAbove), ...name(ownLabel, 'strong', own, isAbove)]
}

/** Where a name ends on a phone: with its line, and before what is hatched to the end where there is room for it. */
function endWithin(text: string, { x }: YearPoint, hatchedFrom = 101): { x: number; dx: number } {
  const hasRoom = (end: number, dx: number) => (end * narrowest) / 100 + dx >= widthOf(text)
  const end = hatchedFrom <= 100 && x >= hatchedFrom ? { x: hatchedFrom, dx: -12 } : { x, dx: 8 }
  return hasRoom(end.x, end.dx) ? end : { x: 100, dx: 8 }
}

/** Whether what is drawn up and down at a place lies behind a name on the narrowest screens. */
export function isBehind({ text, within: { x, dx } }: EndName, place: number): boolean {
  const [end, at] = [(x * narrowest) / 100 + dx, (place * narrowest) / 100]
  return at - 9 < end && at + 9 > end - widthOf(text)
}

export const drawName = (pen: Pen, { text, kind, behind, within }: EndName): string =>
  words(text, { class: `${kind} wide`, x: pen.x(100), dx: 14, y: behind }) +
  (pen.isFluid ? words(text, { class: `${kind} narrow`, ...within, x: pen.x(within.x), 'text-anchor': 'end' }) : '')

/** The points over or under which a text stands that ends there, on the narrowest screens, and those that lines lead to from them. */
function besideText({ own, nation }: Runs, text: string, end: number): YearPoint[] {
  const start = end - (100 * widthOf(text)) / narrowest
  return [...own, ...nation].flatMap((run) =>
    run.filter(({ x }, at) => (x >= start && x <= end) || isBetween(run, at, start) || isBetween(run, at, end)),
  )
}

/** Whether a line leads over a place, from or to a point of a run. */
const isBetween = (run: YearPoint[], at: number, place: number): boolean =>
  [run[at - 1], run[at + 1]].some((other) => other && (run[at]!.x - place) * (other.x - place) < 0)

const aboveAll = (runs: Runs, text: string, end: number) =>
  Math.max(plot.top - 4, Math.min(...besideText(runs, text, end).map(({ top, y }) => Math.min(top, y - 8))) - 6)

const belowAll = (runs: Runs, text: string, end: number) =>
  Math.min(
    plot.bottom - 6,
    Math.max(...besideText(runs, text, end).map(({ bottom, y }) => Math.max(bottom, y + 8))) + 16,
  )
