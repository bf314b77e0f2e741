import { roundedQuotient } from '../statistics/rounding.ts'
import { sum } from '../statistics/sum.ts'

/**
 * The mean of what areas have published, whatever their size (Kolada: the group "all municipalities", G2328), in per cent with one
 * decimal, half away from zero; `count` of them have a value. It is worked out of the published values, so that anybody can check it and
 * it reveals nothing. `undefined` where none has a value.
 * @param percents whole per cent of each area, `undefined` where nothing is published
 */
export function unweightedMean(percents: readonly (number | undefined)[]): { mean: number; count: number } | undefined {
  const published = percents.filter((percent) => percent !== undefined)
  const count = published.length
  return count === 0 ? undefined : { mean: roundedQuotient(10 * sum(published), count) / 10, count }
}
