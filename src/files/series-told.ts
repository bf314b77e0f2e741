import type { FileChart } from './figure-report.ts'

/** A chart of more could not be read. */
const mostSeries = 8

/** What of a chart is drawn, each with its place among the colours: nothing where its first series, which it is about, is not told. */
export function seriesTold({ series }: FileChart) {
  const isTold = ({ percents }: FileChart['series'][number]) => percents.some((percent) => percent !== null)
  if (!series[0] || !isTold(series[0])) return []
  return series
    .slice(0, mostSeries)
    .map((one, place) => ({ ...one, place }))
    .filter(isTold)
}
