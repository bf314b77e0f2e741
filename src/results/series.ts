/** What is told of a year: whole per cent; absent where it was suppressed. A year in which nobody was asked is not in a series. */
export interface YearValue {
  year: number
  percent?: number
}

/** A change in percentage points, of what is shown: readers subtract that, and an exact one would give away decimals. */
export const changeInPoints = (from: number, to: number): number => to - from

/** The change to a year from the latest before it that has a value, and which that is; `undefined` where there is none. */
export function changeFromLatest(
  series: readonly YearValue[],
  year: number,
): { points: number; since: number } | undefined {
  const to = percentOf(series, year)
  const since = Math.max(...toldOf(series).map((told) => (told.year < year ? told.year : Number.NEGATIVE_INFINITY)))
  const from = percentOf(series, since)
  return from === undefined || to === undefined ? undefined : { points: changeInPoints(from, to), since }
}

/** The values in runs of years that follow each other, earliest first: a line is not drawn across a year that has none. */
export function runsOf(series: readonly YearValue[]): Required<YearValue>[][] {
  const runs: Required<YearValue>[][] = []
  for (const value of toldOf(series)) {
    const last = runs.at(-1)
    if (last?.at(-1)?.year === value.year - 1) last.push(value)
    else runs.push([value])
  }
  return runs
}

const percentOf = (series: readonly YearValue[], year: number): number | undefined =>
  series.find((value) => value.year === year)?.percent

const toldOf = (series: readonly YearValue[]): Required<YearValue>[] =>
  series
    .flatMap(({ year, percent }) => (percent === undefined ? [] : [{ year, percent }]))
    .sort((one, other) => one.year - other.year)
