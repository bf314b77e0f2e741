import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepsOpen } from '../../src/disclosure/bounds.ts'
import { countsOfPercent, countsOfWords, isOpenEnough, wordsOf } from '../../src/disclosure/possible-counts.ts'
import {
  type GroupSet,
  makeMunicipality,
  makeNation,
  type NationSets,
  type PeopleSet,
} from '../../src/disclosure/sets.ts'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'
import type { Proportion } from '../../src/statistics/proportion.ts'
import { wholePercent } from '../../src/statistics/rounding.ts'
import { sum } from '../../src/statistics/sum.ts'

const upTo = (people: number) => fc.nat(people).map((positive): Proportion => ({ people, positive }))
const someUnit = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(10, 11)).chain(upTo)

/** The first people of a set: its positive ones are among them. */
const firstOf = ({ people, positive }: Proportion, most: number): Proportion => {
  const some = Math.min(people, most)
  return { people: some, positive: Math.min(positive, some) }
}

/** Two municipalities with two groups of one unit or two, and of each set its share and its number, or words, or nothing. */
const someTold: fc.Arbitrary<NationSets> = fc
  .tuple(fc.array(someUnit, { minLength: 1, maxLength: 2 }), someUnit, fc.option(someUnit), fc.nat(4))
  .chain(([first, second, third, women]) => {
    const cells = [[first, [second]], third ? [[third]] : []].map((groups, nth) => ({
      code: String(nth),
      groups: groups.map((units, column) => {
        const [people, positive] = [sum(units.map((unit) => unit.people)), sum(units.map((unit) => unit.positive))]
        const woman = firstOf({ people, positive }, women)
        return {
          targetGroup: targetGroups[column]!,
          units: units.map((unit, at) => ({ unitId: String(at), ...unit })),
          ...{ woman, man: { people: 0, positive: 0 } },
          rest: { people: people - woman.people, positive: positive - woman.positive },
        }
      }),
    }))
    const nation = makeNation(cells.map(makeMunicipality))
    const sets = setsOf(nation).map(({ set }) => set)
    const someWay = fc.oneof(
      { weight: 5, arbitrary: fc.constant('hidden') },
      fc.constantFrom('words', 'exact', 'percent'),
    )
    return fc.array(someWay, { minLength: sets.length, maxLength: sets.length }).map((ways) => {
      for (const [nth, set] of sets.entries()) {
        const way = ways[nth]! as 'percent' | PeopleSet['share']
        if (set.people === 0 || (way === 'words' && !wordsOf(set))) continue
        set.share = way === 'percent' ? 'exact' : way
        set.hasNumber = way === 'exact'
        set.counts = countsOf(set, way)
      }
      return nation
    })
  })

/** The numbers of positive answers with which the same would be told. */
function countsOf({ people, positive }: PeopleSet, way: 'percent' | PeopleSet['share']) {
  if (way === 'hidden') return { low: 0, high: people }
  if (way === 'words') return countsOfWords(people)[positive * 2 > people ? 'all' : 'none']
  if (way === 'percent') return countsOfPercent(people, wholePercent(positive, people))
  return { low: positive, high: positive }
}

/** All sets, each with the places of its units among all units. */
function setsOf(nation: NationSets): { set: PeopleSet | GroupSet; units: number[] }[] {
  const all = nation.municipalities.flatMap(({ groups }) => groups.flatMap(({ units }) => units))
  const placesOf = (groups: GroupSet[]) => groups.flatMap(({ units }) => units.map((unit) => all.indexOf(unit)))
  const parts = nation.municipalities.flatMap(({ groups }) => groups)
  return [
    { set: nation.total, units: placesOf(parts) },
    ...nation.groups.map((set) => ({
      set,
      units: placesOf(parts.filter(({ targetGroup }) => targetGroup === set.targetGroup)),
    })),
    ...nation.municipalities.map(({ total, groups }) => ({ set: total, units: placesOf(groups) })),
    ...parts.map((set) => ({ set, units: placesOf([set]) })),
    ...all.map((set, nth) => ({ set, units: [nth] })),
  ]
}

/** Whether enough is open of every set, by trying whatever the units can have answered. */
function isOpenByTrying(nation: NationSets): boolean {
  const sets = setsOf(nation)
  const units = nation.municipalities.flatMap(({ groups }) => groups.flatMap((group) => group.units))
  const ranges = sets.map(({ set }) => set.counts)
  const found = sets.map(() => ({ low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY }))
  const tryAll = (counts: number[]): void => {
    const unit = units[counts.length]
    if (unit) for (let count = 0; count <= unit.people; count++) tryAll([...counts, count])
    else {
      const sums = sets.map((of) => sum(of.units.map((place) => counts[place]!)))
      if (!sums.every((count, nth) => count >= ranges[nth]!.low && count <= ranges[nth]!.high)) return
      for (const [nth, range] of found.entries()) {
        range.low = Math.min(range.low, sums[nth]!)
        range.high = Math.max(range.high, sums[nth]!)
      }
    }
  }
  tryAll([])
  return sets.every(({ set }, nth) => {
    const { low, high } = found[nth]!
    const genders = 'woman' in set ? [set.woman, set.man, set.rest].filter(({ people }) => people < 10) : []
    return (
      isOpenEnough(set, { low, high }) &&
      genders.every((gender) => {
        const others = set.people - gender.people
        return isOpenEnough(gender, { low: Math.max(0, low - others), high: Math.min(gender.people, high) })
      })
    )
  })
}

test('what is told keeps enough open: what is worked out is what trying all answers finds', () => {
  const found = { open: 0, closed: 0 }
  fc.assert(
    fc.property(someTold, (nation) => {
      const isOpen = isOpenByTrying(nation)
      found[isOpen ? 'open' : 'closed']++
      expect(keepsOpen(nation)).toBe(isOpen)
    }),
    { numRuns: 600 },
  )
  expect(Math.min(found.open, found.closed)).toBeGreaterThan(100)
})

const nobody = { people: 0, positive: 0 }
const groupOf = (targetGroup: TargetGroup, people: number, positive: number) => ({
  ...{ targetGroup, woman: nobody, man: nobody, rest: { people, positive } },
  units: [{ unitId: '1', people, positive }],
})

test('the nation is one of the sets of which enough is open, also where all that is in it is', () => {
  const municipalities = targetGroups.slice(0, 2).map((targetGroup, nth) => {
    return makeMunicipality({ code: String(nth), groups: [groupOf(targetGroup, 4, 2)] })
  })
  const nation = makeNation(municipalities)
  expect(keepsOpen(nation)).toBe(true)
  Object.assign(nation.total, { share: 'exact', hasNumber: true, counts: { low: 4, high: 4 } })
  expect(keepsOpen(nation)).toBe(false)
})

test('so is each of its groups: four young people here and four there are closed by the guardians and the total', () => {
  const nation = makeNation(
    ['1489', '1490'].map((code) =>
      makeMunicipality({ code, groups: [groupOf('youth', 4, 2), groupOf('guardian', 40, 20)] }),
    ),
  )
  const [guardian] = nation.groups.filter(({ targetGroup }) => targetGroup === 'guardian')
  Object.assign(guardian!, { share: 'exact', counts: { low: 40, high: 40 } })
  expect(keepsOpen(nation)).toBe(true)
  Object.assign(nation.total, { share: 'exact', counts: { low: 44, high: 44 } })
  expect(keepsOpen(nation)).toBe(false)
})
