import { type ChartValue, drawing, element, type Pen, type Width } from './drawing.ts'
import { framed, pixelsOf, roomFor } from './frame.ts'
import { type ChartScale, placeOn, shareScale } from './scale.ts'
import { baselines, breakAt, hatchedIn, ruled, yearLabels } from './year-axis.ts'
import { bandOf, boundIn, dotsOf, lineOf, runsOf, strokeOf, type YearPoint } from './year-lines.ts'
import { drawName, endNames } from './year-names.ts'
import { breakWords, gapsOf, gapWords, lineHeight, linesOf, placed, plot } from './year-words.ts'

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
  const plan = planOf(chart, width === 'fluid')
  const margin = { start: 48, end: pixelsOf(room) }
  const height = plan.above + plot.bottom + (plan.gaps.length > 0 ? 32 + lineHeight * linesOf(plan.gapWords) : 28)
  const drawn = drawing({ width, height, kind: 'years', label: chart.label, margin }, (pen) => {
    const content = contentOf(pen, chart, plan)
    return plan.above === 0 ? content : element('g', { transform: `translate(0 ${plan.above})` }, content)
  })
  return width === 'fluid' ? framed('years-frame', drawn, room) : drawn
}

/** Where everything lies before it is drawn: across from 0 to 100, down in pixels. */
function planOf({ own, nation = [], breaks = [], scale = shareScale, ...chart }: YearsChart, isFluid: boolean) {
  const [first, last] = [own[0]!.year, own.at(-1)!.year]
  const across = (year: number) => (first === last ? 50 : (100 * (year - first)) / (last - first))
  const place = placeOn(scale)
  const down = (value: number) => plot.bottom - (plot.height * place(value)) / 100
  const pointsOf = (values: YearValueDrawn[]) => values.flatMap((value) => pointOf(value, across, down, scale.from))
  const broken = breaks.map(({ beforeYear }) => beforeYear)
  const runs = {
    own: runsOf(pointsOf(own), broken),
    nation: runsOf(pointsOf(nation.map((value) => ({ ...value, status: 'shown' }))), broken),
  }
  const gaps = gapsOf(own)
  const end = gaps.at(-1)
  const hatchedFrom = end?.isHatched && end.years.at(-1) === last ? across(end.years[0]!) : undefined
  const names = endNames(runs, { ...chart, hatchedFrom })
  const words = breakWords(breaks, across)
  // A name that stands as high as the words of breaks lifts them.
  const isNameHigh = isFluid && words.length > 0 && names.some(({ within }) => within.y < plot.top + 2)
  const raised = isNameHigh ? lineHeight : 0
  return {
    ...{ first, last, across, down, runs, gaps, names, raised, breakWords: words },
    gapWords: gapWords(gaps, across, ({ isHatched }) => (isHatched ? chart.withheldLabel : chart.absentLabel)),
    /** What is needed above the plot beyond its own top. */
    above: raised + lineHeight * Math.max(0, linesOf(words) - 1),
  }
}

function contentOf(
  pen: Pen,
  { own, scale = shareScale, percent }: YearsChart,
  plan: ReturnType<typeof planOf>,
): string {
  const { first, last, across, down, runs } = plan
  const ticks = scale.ticks.filter((tick) => tick % 20 === 0)
  return [
    ...ticks.map((tick) => ruled(pen, down(tick), tick === scale.to ? percent(tick) : String(tick))),
    ...plan.breakWords.map((its) => breakAt(pen, its, plan.raised)),
    ...plan.gaps.map((gap) => hatchedIn(pen, gap, across, plan.names)),
    ...plan.gapWords.map((its) => placed(pen, its, baselines.gaps + its.line * lineHeight)),
    ...own.map((value) => boundIn(pen, value, across(value.year), down)),
    pen.stretched(plot.bottom, (x) =>
      [
        ...runs.own.map((run) => bandOf(run, x)),
        ...runs.nation.map((run) => lineOf(run, x, 'nation')),
        ...runs.own.map((run) => lineOf(run, x, 'own')),
      ].join(''),
    ),
    ...runs.nation.map((run) => strokeOf(pen, run)),
    ...runs.own.map((run) => dotsOf(pen, run, last)),
    yearLabels(pen, first, last, across),
    ...plan.names.map((name) => drawName(pen, name)),
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
