/** Where an area stands among all: in the best quarter, in the last, or between them. */
export type Quarter = 'best' | 'middle' | 'last'

/**
 * The quarter of each area, in their order. Of k areas with a value, one is in the best quarter where 4 · rank <= k, its rank being one
 * more than there are better ones, and in the last where that is so from the other end: equal areas share a rank, and are never parted.
 * Where both are so, as where all are alike, it is in the middle.
 * @param percents whole per cent of each area as published, higher is better; `undefined` where it has none, and so no quarter
 */
export function quartersOf(percents: readonly (number | undefined)[]): (Quarter | undefined)[] {
  const published = percents.filter((percent) => percent !== undefined)
  const all = published.length
  return percents.map((percent) => {
    if (percent === undefined) return undefined
    const isBest = 4 * (1 + published.filter((other) => other > percent).length) <= all
    const isLast = 4 * (1 + published.filter((other) => other < percent).length) <= all
    if (isBest === isLast) return 'middle'
    return isBest ? 'best' : 'last'
  })
}

/** Among fewer, a quarter is one or two areas, and says little. */
const fewestForQuarters = 12

/** The quarter of each area, in their order, where enough of them have a value; else of none. */
export const quartersAmong = (percents: readonly (number | undefined)[]): (Quarter | undefined)[] =>
  percents.filter((percent) => percent !== undefined).length < fewestForQuarters
    ? percents.map(() => undefined)
    : quartersOf(percents)
