import { smallestShown } from './disclosure.ts'

/**
 * How many answered in each language, for the nation, the largest first. Languages of fewer than ten are put together as `other`,
 * with the next smallest until that is ten or more, for the number of all is told. Where it cannot be, nothing is told.
 */
export function toldLanguages(languages: Iterable<[string, number]>): [string, number][] {
  const rest = [...languages].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1))
  let other = 0
  while (rest.length > 0 && (rest.at(-1)![1] < smallestShown || (other > 0 && other < smallestShown)))
    other += rest.pop()![1]
  if (other > 0 && other < smallestShown) return []
  return other > 0 ? [...rest, ['other', other]] : rest
}
