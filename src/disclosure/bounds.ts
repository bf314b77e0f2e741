import { possibleBeside } from './crossing.ts'
import { everySet, isGroup } from './every-set.ts'
import { isOpenEnough } from './possible-counts.ts'
import type { GroupSet, NationSets, PeopleSet } from './sets.ts'
import type { Range } from './steps.ts'
import { smallestShown } from './thresholds.ts'

const countsOf = ({ counts }: PeopleSet) => counts

/**
 * Whether of every set of people enough numbers of positive answers stay possible, for someone who knows how many people each set is and
 * the program that tells, and reads everything that is told: see {@link isOpenEnough}.
 */
export const keepsOpen = (nation: NationSets): boolean =>
  everySet(
    nation,
    countsOf,
    (set, possible) => isOpenEnough(set, possible) && (!isGroup(set) || areGendersOpen(set, possible)),
  )

/** The numbers of positive answers that all which is told leaves possible of a set among others. */
export function possibleOf(nation: NationSets, wanted: PeopleSet): Range {
  let found = wanted.counts
  everySet(nation, countsOf, (set, possible) => {
    if (set !== wanted) return true
    found = possible
    return false
  })
  return found
}

/** The same of every set. */
export function possibleOfAll(nation: NationSets): (set: PeopleSet) => Range {
  const found = new Map<PeopleSet, Range>()
  everySet(nation, countsOf, (set, possible) => {
    found.set(set, possible)
    return true
  })
  return (set) => found.get(set)!
}

/** Women, men and the rest are told without a number: here only the ends of their group are reckoned with, and by `gender-rest.ts` what their shares tell of the rest. */
const areGendersOpen = ({ people, woman, man, rest }: GroupSet, possible: Range) =>
  [woman, man, rest]
    .filter((part) => part.people < smallestShown)
    .every((part) => isOpenEnough(part, possibleBeside(anyOf(part.people), anyOf(people - part.people), possible)))

const anyOf = (people: number): Range => ({ low: 0, high: people })
