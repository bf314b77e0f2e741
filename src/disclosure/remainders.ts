import { sum } from '../statistics/sum.ts'
import type { NationSets, PeopleSet } from './sets.ts'
import { isNobodyOrEnough } from './thresholds.ts'

/**
 * Whether no set of one to nine people can be had by adding and subtracting the sets that are told with their number.
 *
 * In a tree - the units of a group, the groups of a municipality - such sets are unions of what the parts that are told leave of a whole.
 * Where municipalities and groups cross, they are the 0/1 vectors a(m) + b(g) on the hidden cells, a(m) = 0 where the total of m is not
 * told, b(g) = 0 where that of g is not. Cut by the height of b, each is a disjoint union of what is left of whole municipalities, of
 * columns less all municipalities that lie in them, and of municipalities less all columns that they touch: {@link leavesColumns}.
 * Where a(m) and b(g) exist they can be whole numbers, for the table is a bipartite graph.
 */
export const leavesNoRemainder = (nation: NationSets): boolean =>
  nation.municipalities.every(({ total, groups }) => leavesNothing(total, groups)) &&
  nation.municipalities.every(({ groups }) => groups.every((group) => leavesNothing(group, group.units))) &&
  columnsOf(nation).every((columns) => leavesColumns(nation, columns))

const hiddenIn = (sets: PeopleSet[]) => sum(sets.filter(({ hasNumber }) => !hasNumber).map(({ people }) => people))

const leavesNothing = (whole: PeopleSet, parts: PeopleSet[]) => !whole.hasNumber || isNobodyOrEnough(hiddenIn(parts))

/**
 * All sets of columns that can be added up: any whose numbers are told, and all others together where that of the nation is.
 * `true` at the place of each that is among them.
 */
function columnsOf({ total, groups }: NationSets): boolean[][] {
  const all = Array.from({ length: 2 ** groups.length }, (_, nth) =>
    groups.map((_, group) => Boolean(nth & (1 << group))),
  )
  return all.filter((columns) => {
    const others = columns.filter((_, nth) => !groups[nth]!.hasNumber)
    return others.every((isIn) => isIn === (total.hasNumber && others[0]))
  })
}

/** Of some columns, less the municipalities that lie in them; and of all municipalities that they touch, what lies outside, if all are told. */
function leavesColumns({ groups: all, municipalities }: NationSets, columns: boolean[]): boolean {
  const isIn = new Map(all.map(({ targetGroup }, nth) => [targetGroup, columns[nth]!]))
  let [within, beyond, areToldAll] = [0, 0, true]
  for (const { total, groups } of municipalities) {
    const inside = hiddenIn(groups.filter(({ targetGroup }) => isIn.get(targetGroup)))
    const outside = hiddenIn(groups) - inside
    if (!total.hasNumber || outside > 0) within += inside
    if (inside > 0) beyond += outside
    if (inside > 0 && !total.hasNumber) areToldAll = false
  }
  return isNobodyOrEnough(within) && (!areToldAll || isNobodyOrEnough(beyond))
}
