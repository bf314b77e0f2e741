import type { FigureKey } from './cells.ts'
import { everySet } from './every-set.ts'
import type { NationSets, PeopleSet } from './sets.ts'
import { exactly, type Range } from './steps.ts'
import { fewestCounts, smallestShown } from './thresholds.ts'

/** Which set of people is meant, as its key is written. */
type SetKey = Pick<FigureKey, 'level' | 'area' | 'targetGroup'>

/** How many people a set can be at most, as everybody reads. */
export type MostPeople = (key: SetKey) => number | undefined

/** What everybody reads of how many people a set is: the number, or one of the signs that stand instead. */
function peopleTold({ people, hasNumber, most }: PeopleSet): Range {
  if (hasNumber || people === 0) return exactly(people)
  if (people < smallestShown) return { low: 1, high: Math.min(smallestShown - 1, most) }
  return { low: smallestShown, high: most }
}

/**
 * How many sets of one to nine people are known too well: fewer than three numbers of people are left possible by the numbers and signs of
 * all sets, and by how many answered at all. "Fewer than ten" would otherwise be nine where two such groups are eighteen together.
 */
export function countClosed(nation: NationSets): number {
  let closed = 0
  everySet(nation, peopleTold, ({ people }, { low, high }) => {
    if (people > 0 && people < smallestShown && high - low + 1 < fewestCounts) closed++
    return true
  })
  return closed
}

/** What is told of numbers of responses says how many can have an opinion on a question: nobody does who answered nothing. */
export function mostPeopleIn(nation: NationSets): MostPeople {
  const possible = new Map<PeopleSet, number>()
  everySet(nation, peopleTold, (set, { high }) => Boolean(possible.set(set, high)))
  const most = new Map(keyed(nation).map(([key, set]) => [textOf(key), possible.get(set)!]))
  return (key) => most.get(textOf(key))
}

/** The sets of a question, each with how many it can be at most. */
export function limitPeople(nation: NationSets, most: MostPeople): void {
  for (const [key, set] of keyed(nation)) set.most = most(key) ?? set.most
}

const textOf = ({ level, area, targetGroup }: SetKey) => `${level} ${area} ${targetGroup}`

function keyed({ total, groups, municipalities }: NationSets): [SetKey, PeopleSet][] {
  const nation = { level: 'nation', area: '0000' } as const
  return [
    [{ ...nation, targetGroup: 'total' }, total],
    ...groups.map((group): [SetKey, PeopleSet] => [{ ...nation, targetGroup: group.targetGroup }, group]),
    ...municipalities.flatMap(({ code, total, groups }): [SetKey, PeopleSet][] => {
      const municipality = { level: 'municipality', area: code } as const
      return [
        [{ ...municipality, targetGroup: 'total' }, total],
        ...groups.flatMap((group): [SetKey, PeopleSet][] => [
          [{ ...municipality, targetGroup: group.targetGroup }, group],
          ...group.units.map((unit): [SetKey, PeopleSet] => [
            { level: 'unit', area: unit.unitId, targetGroup: group.targetGroup },
            unit,
          ]),
        ]),
      ]
    }),
  ]
}
