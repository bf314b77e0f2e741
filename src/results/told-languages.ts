import { smallestShown } from '../disclosure/thresholds.ts'

/**
 * How many answered in each language, for the nation, the largest first. Languages of fewer than ten are put together as `other`, always
 * with the smallest of the rest, for the number of all is told: were it only where somebody answered in a small one, then "other" would
 * tell of the one who reads it.
 */
export function toldLanguages(languages: Iterable<[string, number]>): [string, number][] {
  const all = [...languages]
  const large = all.filter(([, number]) => number >= smallestShown)
  const told = large.sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1)).slice(0, -1)
  const sum = (some: [string, number][]) => some.reduce((total, [, number]) => total + number, 0)
  return large.length === 0 ? [] : [...told, ['other', sum(all) - sum(told)]]
}
