/** Where an area stands among all: in the best quarter, in the last, or between them. */
export type Quarter = 'best' | 'middle' | 'last'

/**
 * The quarter of each area, in their order. Equal areas are in the same: it is the best where no more than a quarter of all would come
 * before the one behind them, counted from the best of the equal ones, and the last likewise from the other end. Where both are true,
 * neither is.
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
