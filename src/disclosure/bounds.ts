import { type Bounded, type Crossing, possibleTogether } from './crossing.ts'
import { countsOf, isOpenEnough } from './possible-counts.ts'
import type { GroupSet, MunicipalitySet, NationSets, PeopleSet } from './sets.ts'
import { exactly, type Range, sumOf } from './steps.ts'
import { smallestShown } from './thresholds.ts'

/**
 * Whether of every set of people enough numbers of positive answers stay possible, for someone who knows how many people each set is and
 * reads everything that is told: see {@link isOpenEnough}. Exact: units only add up to their group, municipalities and groups cross.
 */
export function keepsOpen(nation: NationSets): boolean {
  const { total, columns, rows } = possibleTogether(crossingOf(nation))
  return (
    isOpenEnough(nation.total, total) &&
    nation.groups.every((group, nth) => isGroupOpen(group, columns[nth]!)) &&
    nation.municipalities.every((its, row) => {
      const { total, cells } = rows[row]!
      const possible = cells.filter((_, nth) => groupIn(its, nation.groups[nth]!))
      return isOpenEnough(its.total, total) && its.groups.every((group, nth) => isGroupOpen(group, possible[nth]!))
    })
  )
}

const crossingOf = ({ total, groups, municipalities }: NationSets): Crossing<Bounded> => ({
  total: known(total),
  columns: groups.map(known),
  rows: municipalities.map((its) => ({
    total: known(its.total),
    cells: groups.map((column) => knownByUnits(groupIn(its, column))),
  })),
})

const groupIn = ({ groups }: MunicipalitySet, { targetGroup }: GroupSet) =>
  groups.find((group) => group.targetGroup === targetGroup)

const known = (set: PeopleSet): Bounded => ({ number: set.positive, ...countsOf(set) })

function knownByUnits(group?: GroupSet): Bounded {
  if (!group) return { number: 0, ...exactly(0) }
  const { number, low, high } = known(group)
  const units = sumOf(group.units.map(countsOf))
  return { number, low: Math.max(low, units.low), high: Math.min(high, units.high) }
}

function isGroupOpen(group: GroupSet, possible: Range): boolean {
  const units = group.units.map(countsOf)
  const all = sumOf(units)
  const areUnitsOpen = group.units.every((unit, nth) => {
    const own = units[nth]!
    const others = { low: all.low - own.low, high: all.high - own.high }
    return isOpenEnough(unit, possibleBeside(own, others, possible))
  })
  return isOpenEnough(group, possible) && areUnitsOpen && areGendersOpen(group, possible)
}

/** Women, men and the rest are told without a number, and what one tells of another is not reckoned with: only the ends of their group are. */
const areGendersOpen = ({ people, woman, man, rest }: GroupSet, possible: Range) =>
  [woman, man, rest]
    .filter((part) => part.people < smallestShown)
    .every((part) => isOpenEnough(part, possibleBeside(anyOf(part.people), anyOf(people - part.people), possible)))

const anyOf = (people: number): Range => ({ low: 0, high: people })

/** What is possible of a part of a sum, beside its other parts. */
const possibleBeside = (part: Range, others: Range, sum: Range): Range => ({
  low: Math.max(part.low, sum.low - others.high),
  high: Math.min(part.high, sum.high - others.low),
})
