import { type Crossing, possibleBeside, possibleTogether } from './crossing.ts'
import type { GroupSet, MunicipalitySet, NationSets, PeopleSet } from './sets.ts'
import { exactly, type Range, sumOf } from './steps.ts'

/** What is known by itself of a number that each set has, and adds up as the sets do. */
type Known = (set: PeopleSet) => Range

/** Whether something is so of a set and of what all that is known leaves possible of its number. */
type Ask = (set: PeopleSet, possible: Range) => boolean

/** Whether something is so of each set among others. Exact: units only add up to their group, municipalities and groups cross. */
export function everySet(nation: NationSets, knownOf: Known, isSo: Ask): boolean {
  const { total, columns, rows } = possibleTogether(crossingOf(nation, knownOf))
  return (
    isSo(nation.total, total) &&
    nation.groups.every((group, nth) => isSo(group, columns[nth]!)) &&
    nation.municipalities.every((its, row) => {
      const { total, cells } = rows[row]!
      const possible = cells.filter((_, nth) => groupIn(its, nation.groups[nth]!))
      return isSo(its.total, total) && its.groups.every((group, nth) => everyIn(group, possible[nth]!, knownOf, isSo))
    })
  )
}

/** Whether a set is a target group, so that it has women, men and others. */
export const isGroup = (set: PeopleSet): set is GroupSet => 'targetGroup' in set

const crossingOf = ({ total, groups, municipalities }: NationSets, knownOf: Known): Crossing<Range> => ({
  total: knownOf(total),
  columns: groups.map(knownOf),
  rows: municipalities.map((its) => ({
    total: knownOf(its.total),
    cells: groups.map((column) => knownByUnits(groupIn(its, column), knownOf)),
  })),
})

const groupIn = ({ groups }: MunicipalitySet, { targetGroup }: GroupSet) =>
  groups.find((group) => group.targetGroup === targetGroup)

function knownByUnits(group: GroupSet | undefined, knownOf: Known): Range {
  if (!group) return exactly(0)
  const { low, high } = knownOf(group)
  const units = sumOf(group.units.map(knownOf))
  return { low: Math.max(low, units.low), high: Math.min(high, units.high) }
}

function everyIn(group: GroupSet, possible: Range, knownOf: Known, isSo: Ask): boolean {
  const known = group.units.map(knownOf)
  const all = sumOf(known)
  const ofUnits = group.units.every((unit, nth) => {
    const { low, high } = known[nth]!
    return isSo(unit, possibleBeside(known[nth]!, { low: all.low - low, high: all.high - high }, possible))
  })
  return isSo(group, possible) && ofUnits
}
