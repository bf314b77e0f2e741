import { type Comparison, comparisonOf, outcomesOf } from './comparison.ts'
import { proportionOf, type ShareLine } from './share-lines.ts'

interface Pair extends Comparison {
  one: ShareLine
  other: ShareLine
}

/**
 * Which shares surely differ of those among which somebody picks the highest and the lowest: each is tested with each other one of its list,
 * and what is sure is judged among all pairs of all lists, for whoever picks has looked at them all. One that is not told with its number
 * differs surely from none.
 *
 * Target groups are other people, as the test has it. Questions of one area were answered by the same people: who answers one positively mostly
 * answers the others so too, which makes a difference surer than the test says. So it calls too few of them sure, not too many.
 */
export function surelyApart(lists: readonly (readonly ShareLine[])[]): (one: ShareLine, other: ShareLine) => boolean {
  const pairs = lists.flatMap((lines) =>
    lines.flatMap((one, at) => lines.slice(at + 1).flatMap((other): Pair[] => pairOf(one, other))),
  )
  const apart = new Map<ShareLine, Set<ShareLine>>()
  for (const [at, outcome] of outcomesOf(pairs).entries()) {
    if (outcome === 'no-sure-difference') continue
    const { one, other } = pairs[at]!
    apart.set(one, (apart.get(one) ?? new Set()).add(other))
    apart.set(other, (apart.get(other) ?? new Set()).add(one))
  }
  return (one, other) => apart.get(one)?.has(other) ?? false
}

function pairOf(one: ShareLine, other: ShareLine): Pair[] {
  const [mine, theirs] = [one, other].map(({ share }) => proportionOf(share))
  const comparison = mine && theirs && comparisonOf(mine, theirs)
  return comparison ? [{ one, other, ...comparison }] : []
}
