import { element, type Pen, words } from './drawing.ts'
import { type EndName, isBehind } from './year-names.ts'
import { type Gap, lineHeight, placed, plot, type YearWords } from './year-words.ts'

/** Where the words of gaps stand, and those of years; and above the plot those of breaks. */
export const baselines = { years: plot.bottom + 22, gaps: plot.bottom + 40, breaks: 14 }

/** A line across, with its number before it. */
export const ruled = (pen: Pen, y: number, text: string) =>
  element('line', { class: 'grid', x1: 0, x2: pen.x(100), y1: y, y2: y }) +
  words(text, { class: 'soft', x: -8, y: y + 5, 'text-anchor': 'end' })

/** A dotted line where something changed, with its words above. @param raised so far its words stand above their place */
export const breakAt = (pen: Pen, its: YearWords, raised: number) =>
  element('line', {
    ...{ class: 'break', x1: pen.x(its.x), x2: pen.x(its.x), y1: baselines.breaks + 8 - raised, y2: plot.bottom },
    'stroke-dasharray': '2 3',
  }) + placed(pen, its, baselines.breaks - raised - its.line * lineHeight)

/** A gap: hatched columns where something is kept back, on a phone without the pieces behind names; its word stands below. */
export function hatchedIn(pen: Pen, { isHatched, years }: Gap, across: Across, names: readonly EndName[]): string {
  const { top, bottom } = plot
  if (!isHatched) return ''
  return years
    .map((year) => {
      const behind = pen.isFluid ? names.filter((name) => isBehind(name, across(year))) : []
      const [whole, pieces] = [column([top, bottom], behind.length > 0 ? ' wide' : ''), piecesBeside(behind)]
      return pen.at(across(year), [whole, ...pieces.map((piece) => column(piece, ' narrow'))].join(''))
    })
    .join('')
}

type Across = (year: number) => number

const column = ([from, to]: [number, number], which: string) =>
  element('rect', {
    ...{ class: `withheld${which}`, fill: 'url(#hatch)', x: -7, y: from, width: 14, height: to - from },
    'stroke-width': 1,
  })

/** What is left of a column above and below names; nothing where there are none. */
function piecesBeside(names: readonly EndName[]): [number, number][] {
  const ys = names.map(({ within }) => within.y).sort((one, other) => one - other)
  const pieces = ys.map((y, at): [number, number] => [at === 0 ? plot.top : ys[at - 1]! + 7, y - 16])
  return ys.length === 0 ? [] : [...pieces, [ys.at(-1)! + 7, plot.bottom] as [number, number]].filter(isSeen)
}

const isSeen = ([from, to]: [number, number]) => to - from > 2

/** So many have room on a phone. */
const fewYears = 5

/** The years below, counted from the last: as many as have room on a desktop, and where they are many every other of them on a phone. */
export function yearLabels(pen: Pen, first: number, last: number, across: (year: number) => number): string {
  const step = Math.ceil((last - first + 1) / 11)
  const years = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, at) => last - at * step)
  return years
    .map((year, at) => {
      const place = { x: pen.x(across(year)), y: baselines.years, 'text-anchor': 'middle' }
      return words(String(year), { class: at % 2 === 1 && years.length > fewYears ? 'soft odd' : 'soft', ...place })
    })
    .reverse()
    .join('')
}
