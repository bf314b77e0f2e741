import type { FigureKey } from './cells.ts'
import { everySet } from './every-set.ts'
import type { NationSets, PeopleSet } from './sets.ts'
import { exactly, type Range } from './steps.ts'
import { fewestCounts, smallestShown } from './thresholds.ts'

/** Which set of people is meant, as its key is written. */
type SetKey = Pick<FigureKey, 'level' | 'area' | 'targetGroup'>

/** What is known of how many people a set is before anything of a release is told: the least that they are, and the most, of which the first holds that can. */
export interface KnownBefore extends SetKey {
  least: number
  most: readonly number[]
}

/** What everybody reads of how many people a set is: the number, or one of the signs that stand instead. */
function peopleTold({ people, hasNumber, least, most }: PeopleSet): Range {
  if (hasNumber || people === 0) return exactly(people)
  if (people < smallestShown) return { low: Math.max(1, least), high: Math.min(smallestShown - 1, most) }
  return { low: Math.max(smallestShown, least), high: most }
}

/** Takes what is known of sets as known from the beginning. What is not so is known by nobody: more came in later, or some were no ballots. */
export function takeKnown(nation: NationSets, known: readonly KnownBefore[]): void {
  const of = new Map(known.map((one) => [textOf(one), one]))
  for (const [key, set] of keyed(nation)) {
    const { least = 0, most = [] } = of.get(textOf(key)) ?? {}
    if (least <= set.people) set.least = Math.max(set.least, least)
    set.most = Math.min(set.most, most.find((number) => number >= set.people) ?? set.most)
  }
}

/** Sets whose numbers are read together, and what is known of them: nobody has an opinion on a question who did not answer. */
export interface Together {
  /**
   * Takes it that the number of a set among these has just been told, and whether enough stays open of every other.
   * @returns false where a set of one to nine people would be known too well: then nothing is taken as known
   */
  takes(nation: NationSets): boolean
  /** The sets of one to nine people that are known too well by now. */
  closed(): PeopleSet[]
}

/**
 * Of every set of one to nine people three numbers stay possible by the numbers and signs of all sets, of all questions and of how many
 * answered, each narrowed by the others until nothing more follows. "Fewer than ten" would otherwise be nine where two such groups are
 * eighteen together, and two where thirteen of fifteen have an opinion on another question.
 */
export function together(responses: NationSets | undefined, questions: readonly NationSets[]): Together {
  const answered = new Map((responses ? keyed(responses) : []).map(([key, set]) => [textOf(key), set]))
  const allOf = new Map<PeopleSet, PeopleSet>()
  const asked = new Map<PeopleSet, { set: PeopleSet; question: NationSets }[]>()
  for (const question of questions)
    for (const [key, set] of keyed(question)) {
      const all = answered.get(textOf(key))
      if (!all) continue
      allOf.set(set, all)
      asked.set(all, [...(asked.get(all) ?? []), { set, question }])
    }
  const possible = new Map<PeopleSet, Range>()

  /** What follows from what is told in some of them; each change can be undone. @returns whether a set is known too well that was not */
  function follow(from: readonly NationSets[], undo: (() => void)[]): boolean {
    let isTooMuch = false
    const waiting = new Set(from)
    for (const nation of waiting) {
      waiting.delete(nation)
      everySet(nation, peopleTold, (set, range) => {
        const before = possible.get(set)
        if (before && before.low === range.low && before.high === range.high) return true
        possible.set(set, range)
        undo.push(() => (before ? possible.set(set, before) : possible.delete(set)))
        isTooMuch ||= isClosed(set, range) && !(before && isClosed(set, before) && widthOf(before) === widthOf(range))
        for (const one of asked.get(set) ?? []) if (atMost(one.set, range.high, undo)) waiting.add(one.question)
        const all = allOf.get(set)
        if (all && range.low > (possible.get(all)?.low ?? 0) && atLeast(all, range.low, undo)) waiting.add(responses!)
        return true
      })
    }
    return isTooMuch
  }

  follow([...(responses ? [responses] : []), ...questions], [])
  return {
    takes(nation) {
      const undo: (() => void)[] = []
      if (!follow([nation], undo)) return true
      for (const back of undo.reverse()) back()
      return false
    },
    closed: () => [...possible].flatMap(([set, range]) => (isClosed(set, range) ? [set] : [])),
  }
}

function atMost(set: PeopleSet, high: number, undo: (() => void)[]): boolean {
  const { most } = set
  if (high >= most) return false
  set.most = high
  undo.push(() => {
    set.most = most
  })
  return true
}

function atLeast(set: PeopleSet, low: number, undo: (() => void)[]): boolean {
  const { least } = set
  if (low <= least) return false
  set.least = low
  undo.push(() => {
    set.least = least
  })
  return true
}

const isClosed = ({ people }: PeopleSet, range: Range) =>
  people > 0 && people < smallestShown && widthOf(range) < fewestCounts

const widthOf = ({ low, high }: Range) => high - low + 1

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
