import type { Proportion } from '../statistics/proportion.ts'
import { type Crossing, possibleBeside, possibleTogether } from './crossing.ts'
import { isOpenEnough } from './possible-counts.ts'
import type { GroupSet, MunicipalitySet, NationSets, PeopleSet } from './sets.ts'
import { exactly, type Range, sumOf } from './steps.ts'
import { smallestShown } from './thresholds.ts'

type Ask = (set: Proportion, possible: Range) => boolean

/**
 * Whether of every set of people enough numbers of positive answers stay possible, for someone who knows how many people each set is and
 * the program that tells, and reads everything that is told: see {@link isOpenEnough}.
 */
export const keepsOpen = (nation: NationSets): boolean => everySet(nation, isOpenEnough)

/** The numbers of positive answers that all which is told leaves possible of a set among others. */
export function possibleOf(nation: NationSets, wanted: PeopleSet): Range {
  let found = wanted.counts
  everySet(nation, (set, possible) => {
    if (set !== wanted) return true
    found = possible
    return false
  })
  return found
}

/** Whether something is so of each set and of what is possible of it. Exact: units only add up to their group, municipalities and groups cross. */
function everySet(nation: NationSets, isSo: Ask): boolean {
  const { total, columns, rows } = possibleTogether(crossingOf(nation))
  return (
    isSo(nation.total, total) &&
    nation.groups.every((group, nth) => everyIn(group, columns[nth]!, isSo)) &&
    nation.municipalities.every((its, row) => {
      const { total, cells } = rows[row]!
      const possible = cells.filter((_, nth) => groupIn(its, nation.groups[nth]!))
      return isSo(its.total, total) && its.groups.every((group, nth) => everyIn(group, possible[nth]!, isSo))
    })
  )
}

const crossingOf = ({ total, groups, municipalities }: NationSets): Crossing<Range> => ({
  total: total.counts,
  columns: groups.map(({ counts }) => counts),
  rows: municipalities.map((its) => ({
    total: its.total.counts,
    cells: groups.map((column) => knownByUnits(groupIn(its, column))),
  })),
})

const groupIn = ({ groups }: MunicipalitySet, { targetGroup }: GroupSet) =>
  groups.find((group) => group.targetGroup === targetGroup)

function knownByUnits(group?: GroupSet): Range {
  if (!group) return exactly(0)
  const { low, high } = group.counts
  const units = sumOf(group.units.map(({ counts }) => counts))
  return { low: Math.max(low, units.low), high: Math.min(high, units.high) }
}

function everyIn(group: GroupSet, possible: Range, isSo: Ask): boolean {
  const all = sumOf(group.units.map(({ counts }) => counts))
  const ofUnits = group.units.every((unit) => {
    const { low, high } = unit.counts
    return isSo(unit, possibleBeside(unit.counts, { low: all.low - low, high: all.high - high }, possible))
  })
  return isSo(group, possible) && ofUnits && everyGenderIn(group, possible, isSo)
}

/** Women, men and the rest are told without a number, and what one tells of another is not reckoned with: only the ends of their group are. */
const everyGenderIn = ({ people, woman, man, rest }: GroupSet, possible: Range, isSo: Ask) =>
  [woman, man, rest]
    .filter((part) => part.people < smallestShown)
    .every((part) => isSo(part, possibleBeside(anyOf(part.people), anyOf(people - part.people), possible)))

const anyOf = (people: number): Range => ({ low: 0, high: people })
