import { type YearsChart, years } from '../../chart/years.ts'
import type { TestOutcome } from '../../results/comparison.ts'
import { changeFromLatest } from '../../results/series.ts'
import { breaksOf, type SeriesPlace, type SeriesYear, seriesChange } from '../../results/year-series.ts'
import { chartValue, shareText, whyText } from './area.ts'
import type { PagePicture } from './page-pictures.ts'
import type { YearRow, YearSection } from './parts-view.ts'
import type { AskedPage } from './results-pages.ts'

interface Given {
  own: readonly SeriesYear[]
  place: SeriesPlace
  /** What the place is called: "Alingsås", "Landet". */
  name: string
  /** Absent where the own years are the nation's. */
  nation?: readonly SeriesYear[]
  caption: string
  /** What a table of the page says of the last year against the one before. */
  beside?: { toYearBefore?: TestOutcome }
}

/** The years of a place as a chart with its table; none of fewer than two that have a value. */
export function yearSection(given: Given, asked: AskedPage): { years?: YearSection; charts: PagePicture[] } {
  const { own, place, nation, caption, beside } = given
  const { t } = asked
  const valued = own.filter(({ share }) => share?.value !== undefined)
  if (valued.length < 2) return { charts: [] }
  const change = seriesChange(own, place.targetGroup, beside)
  const finding = change
    ? t(`results.years.${change.outcome ?? 'untested'}`, {
        ...{ from: String(change.from.year), to: String(change.to.year) },
        ...{ before: shareText(change.from.share, asked), now: shareText(change.to.share, asked) },
      })
    : t('results.years.apart')
  const breaks = breaksOf(own, place.targetGroup).map(({ beforeYear, kind }) => ({
    text: t(`results.years.breaks.${kind}`, { year: String(beforeYear) }),
  }))
  const chart = chartOf(given, [finding, ...breaks.map(({ text }) => text)].join(' '), asked)
  return {
    years: {
      ...{ finding, breaks, caption, chart: years(chart), rows: rowsOf(given, asked) },
      nation: nation && t('results.nation.name'),
      hasUncounted: valued.some(({ share }) => share!.people === undefined),
    },
    charts: [
      {
        ...{ name: 'years', heading: t('results.years.title'), finding, subtitle: caption },
        chart: (width) => years(chart, { width }),
      },
    ],
  }
}

function chartOf({ own, place, name, nation = [] }: Given, label: string, asked: AskedPage): YearsChart {
  const { t, frame } = asked
  const [first, last] = [own[0]!.year, own.at(-1)!.year]
  const of = new Map(own.map((one) => [one.year, one]))
  const told = nation.flatMap(({ year, share }) =>
    share?.value === undefined || year < first || year > last ? [] : [{ year, percent: share.value }],
  )
  const kept = new Set(own.flatMap(({ share }) => (share && whyText(share, asked, 'whyShort')) || []))
  const end = (text: string, value: number | undefined) =>
    value === undefined ? text : `${text} ${frame.percent(value)}`
  return {
    own: Array.from({ length: last - first + 1 }, (_, at) => {
      const one = of.get(first + at)
      return { year: first + at, ...chartValue(one?.share, one?.interval) }
    }),
    nation: told,
    ownLabel: end(name, own.at(-1)!.share?.value),
    ...(told.length > 0 ? { nationLabel: end(t('results.nation.name'), told.at(-1)!.percent) } : {}),
    withheldLabel: kept.size === 1 ? [...kept][0]! : t('results.years.withheld'),
    absentLabel: t('results.years.absent'),
    breaks: breaksOf(own, place.targetGroup).map(({ beforeYear, kind }) => ({
      beforeYear,
      label: t(`results.years.break.${kind}`),
    })),
    label,
    percent: frame.percent,
  }
}

function rowsOf({ own, place, nation = [] }: Given, words: AskedPage): YearRow[] {
  const signed = new Intl.NumberFormat(words.t('results.intl'), { signDisplay: 'exceptZero' })
  const broken = breaksOf(own, place.targetGroup).map(({ beforeYear }) => beforeYear)
  const series = own.map(({ year, share }) => ({ year, percent: share?.value }))
  return own
    .map(({ year, share, interval }): YearRow => {
      const all = nation.find((one) => one.year === year)?.share
      const change = changeFromLatest(series, year)
      const isAcross = change && broken.some((before) => before > change.since && before <= year)
      return {
        ...{ year, value: shareText(share, words), why: whyText(share, words, 'whyShort'), people: share?.people },
        ...(interval ? { interval: `${interval.low}–${interval.high}` } : {}),
        ...(all ? { nation: [shareText(all, words), whyText(all, words, 'whyShort')].filter(Boolean).join(' ') } : {}),
        ...(change && !isAcross ? { change: signed.format(change.points) } : {}),
      }
    })
    .reverse()
}
