import { type ChartValue, drawing, type Pen, type Width } from './drawing.ts'
import { framed, pixelsOf, roomFor } from './frame.ts'
import { type ChartScale, placeOn, shareScale } from './scale.ts'
import { breakAt, endLabels, gapIn, gapsOf, plot, ruled, yearLabels } from './year-axis.ts'
import { bandOf, boundIn, dotsOf, lineOf, runsOf, strokeOf, type YearPoint } from './year-lines.ts'

export type YearValueDrawn = { year: number } & ChartValue

export interface YearsChart {
  /** One for each year without a gap, earliest first: `not-surveyed` where nobody was asked. */
  own: YearValueDrawn[]
  nation?: { year: number; percent: number }[]
  /** What stands at the ends of the lines: "Alingsås 76 %", "Landet 86 %". */
  ownLabel: string
  nationLabel?: string
  /** What is written below gaps: what is kept back, and what was not asked. */
  withheldLabel: string
  absentLabel: string
  /** Where something changed before a year, so that the two sides cannot quite be compared. */
  breaks?: { beforeYear: number; label: string }[]
  /** What is heard of it; its table stands beside. */
  label: string
  /** Writes a number with its sign. */
  percent: (number: number) => string
  scale?: ChartScale
}

/**
 * A share through the years as a line in the band of its interval, the nation's dashed. No line goes across a break, or a year without a value: what is
 * kept back is hatched, and of what was not asked there is nothing, each with its word. A year on its own has a whisker instead of a band.
 */
export function years(chart: YearsChart, { width = 'fluid' as Width } = {}): string {
  const room = roomFor([chart.ownLabel, chart.nationLabel ?? ''])
  const height = plot.bottom + (gapsOf(chart.own).length > 0 ? 66 : 28)
  const margin = { start: 48, end: pixelsOf(room) }
  const drawn = drawing({ width, height, kind: 'years', label: chart.label, margin }, (pen) => contentOf(pen, chart))
  return width === 'fluid' ? framed('years-frame', drawn, room) : drawn
}

function contentOf(pen: Pen, chart: YearsChart): string {
  const { own, nation = [], breaks = [], scale = shareScale, percent } = chart
  const [first, last] = [own[0]!.year, own.at(-1)!.year]
  const across = (year: number) => (first === last ? 50 : (100 * (year - first)) / (last - first))
  const place = placeOn(scale)
  const down = (value: number) => plot.bottom - (plot.height * place(value)) / 100
  const pointsOf = (values: YearValueDrawn[]) => values.flatMap((value) => pointOf(value, across, down, scale.from))
  const broken = breaks.map(({ beforeYear }) => beforeYear)
  const ownRuns = runsOf(pointsOf(own), broken)
  const nationRuns = runsOf(pointsOf(nation.map((value) => ({ ...value, status: 'shown' }))), broken)
  const ticks = scale.ticks.filter((tick) => tick % 20 === 0)
  return [
    ...ticks.map((tick) => ruled(pen, down(tick), tick === scale.to ? percent(tick) : String(tick))),
    ...breaks.map(({ beforeYear, label }) => breakAt(pen, across(beforeYear - 0.5), label)),
    ...gapsOf(own).map((gap) => gapIn(pen, gap, across, gap.isHatched ? chart.withheldLabel : chart.absentLabel)),
    ...own.map((value) => boundIn(pen, value, across(value.year), down)),
    pen.stretched(plot.bottom, (x) =>
      [
        ...ownRuns.map((run) => bandOf(run, x)),
        ...nationRuns.map((run) => lineOf(run, x, 'nation')),
        ...ownRuns.map((run) => lineOf(run, x, 'own')),
      ].join(''),
    ),
    ...nationRuns.map((run) => strokeOf(pen, run)),
    ...ownRuns.map((run) => dotsOf(pen, run, last)),
    yearLabels(pen, first, last, across),
    endLabels(pen, { own: ownRuns, nation: nationRuns }, chart.ownLabel, chart.nationLabel),
  ].join('')
}

/** Where a value lies; nothing where there is none. What is told to be at least 90 is no point of a line. */
function pointOf(
  { year, percent, low, high }: YearValueDrawn,
  across: (year: number) => number,
  down: (percent: number) => number,
  lowest: number,
): YearPoint[] {
  if (percent === undefined) return []
  const ends = { top: down(high ?? percent), bottom: down(low ?? percent) }
  return [{ year, x: across(year), y: down(percent), ...ends, isBelow: percent < lowest }]
}
