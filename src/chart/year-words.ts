import { type ChartValue, isWithheld, type Pen, words } from './drawing.ts'
import { widthOf } from './frame.ts'

/** In pixels from the top: above the plot stand the words of what changed. */
export const plot = { top: 30, height: 200, bottom: 230 }

/** How wide the plot of years is on the narrowest phones, in pixels: words that do not touch there touch nowhere. */
export const narrowest = 200

/** So much further down, or up, stands the next line of words. */
export const lineHeight = 17

/** Words at a place from 0 to 100 along the width, and in which of some lines. */
export interface YearWords {
  text: string
  x: number
  anchor: 'start' | 'middle' | 'end'
  line: number
}

/** Beside the plot there is room for so many pixels of words on a phone. */
const beside = { before: 44, behind: 26 }

/** Words by their places, each in the first line in which it touches none before it. */
function inLines(all: readonly Omit<YearWords, 'line'>[]): YearWords[] {
  const ends: number[] = []
  return all.map((its) => {
    const { from, to } = spanOf(its)
    const free = ends.findIndex((end) => end + 8 <= from)
    const line = free < 0 ? ends.length : free
    ends[line] = to
    return { ...its, line }
  })
}

/** From where to where words stand on the narrowest phones, which they may not leave. */
function spanOf({ text, x, anchor }: Omit<YearWords, 'line'>): { from: number; to: number } {
  const [at, width] = [(x * narrowest) / 100, widthOf(text)]
  const from = at - (anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2)
  const inside = Math.max(-beside.before, Math.min(from, narrowest + beside.behind - width))
  return { from: inside, to: inside + width }
}

export const linesOf = (placed: readonly YearWords[]): number => Math.max(0, ...placed.map(({ line }) => line + 1))

/** The words of what changed before some years, above the plot. */
export const breakWords = (
  breaks: readonly { beforeYear: number; label: string }[],
  across: (year: number) => number,
): YearWords[] =>
  inLines(
    breaks.map(({ beforeYear, label }) => {
      const x = across(beforeYear - 0.5)
      return { text: label, x, anchor: x < 25 ? 'start' : x > 75 ? 'end' : 'middle' }
    }),
  )

/** Years in a row that have no value for the same reason. */
export interface Gap {
  isHatched: boolean
  years: number[]
}

/** The gaps of a series. */
export function gapsOf(series: readonly ({ year: number } & ChartValue)[]): Gap[] {
  const gaps: Gap[] = []
  for (const value of series) {
    const isHatched = isWithheld(value)
    if (!isHatched && value.status !== 'nobody' && value.status !== 'not-surveyed') continue
    const before = gaps.at(-1)
    if (before?.isHatched === isHatched && value.year - before.years.at(-1)! === 1) before.years.push(value.year)
    else gaps.push({ isHatched, years: [value.year] })
  }
  return gaps
}

/** The word of each gap, once for all of its years, below them. */
export const gapWords = (
  gaps: readonly Gap[],
  across: (year: number) => number,
  labelOf: (gap: Gap) => string,
): YearWords[] =>
  inLines(
    gaps.map((gap) => {
      const x = (across(gap.years[0]!) + across(gap.years.at(-1)!)) / 2
      return { text: labelOf(gap), x, anchor: 'middle' }
    }),
  )

/** Draws words in their line; where they would leave the narrowest phones, they end with the room there is. */
export function placed(pen: Pen, its: YearWords, y: number): string {
  const { text, x, anchor } = its
  const { from, to } = spanOf(its)
  const plain = { x: pen.x(x), y, 'text-anchor': anchor }
  const [isFirst, isLast] = [from === -beside.before, to === narrowest + beside.behind]
  if (!pen.isFluid || !(isFirst || isLast)) return words(text, { class: 'soft', ...plain })
  const atEdge = isFirst
    ? { x: pen.x(0), dx: -beside.before, y, 'text-anchor': 'start' }
    : { x: pen.x(100), dx: beside.behind, y, 'text-anchor': 'end' }
  return words(text, { class: 'soft wide', ...plain }) + words(text, { class: 'soft narrow', ...atEdge })
}
