import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MunicipalityCells } from '../../src/disclosure/cells.ts'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'
import { wholePercent } from '../../src/statistics/rounding.ts'
import { sum } from '../../src/statistics/sum.ts'
import { tellShares } from '../disclosure/told-of.ts'

/*
 * Somebody who has the program, and knows how many people each set is: they try it on all answers that there can be, and keep those with
 * which it says just what was published, what is withheld included.
 */

/** People at a unit, of one target group: nobody says whether they are a woman or a man. */
interface Unit {
  municipality: string
  targetGroup: TargetGroup
  people: number
}

function nationOf(units: readonly Unit[], answers: readonly number[]): MunicipalityCells[] {
  const answered = units.map((unit, nth) => ({ ...unit, unitId: String(nth), positive: answers[nth]! }))
  return [...new Set(units.map(({ municipality }) => municipality))].map((code) => {
    const its = answered.filter(({ municipality }) => municipality === code)
    const groups = targetGroups.flatMap((targetGroup) => {
      const cells = its.filter((unit) => unit.targetGroup === targetGroup)
      if (cells.length === 0) return []
      const all = {
        people: sum(cells.map(({ people }) => people)),
        positive: sum(cells.map(({ positive }) => positive)),
      }
      const nobody = { people: 0, positive: 0 }
      return [{ targetGroup, units: cells, woman: nobody, man: nobody, rest: all }]
    })
    return { code, groups }
  })
}

function* everyAnswer(units: readonly Unit[], first: number[] = []): Generator<number[]> {
  const unit = units[first.length]
  if (!unit) yield first
  else for (let positive = 0; positive <= unit.people; positive++) yield* everyAnswer(units, [...first, positive])
}

/** The units of each set of which a figure may be told: each unit, each group, each total, each group of the nation and the nation. */
function setsOf(units: readonly Unit[]): Map<string, number[]> {
  const sets = new Map<string, number[]>()
  for (const [nth, { municipality, targetGroup }] of units.entries()) {
    const names = [`unit ${nth}`, `${municipality} ${targetGroup}`, municipality, targetGroup, 'nation']
    for (const name of names) sets.set(name, [...(sets.get(name) ?? []), nth])
  }
  return sets
}

const most = 4_000
const someUnit = fc.record({
  municipality: fc.constantFrom('1489', '1490'),
  targetGroup: fc.constantFrom(...targetGroups.slice(0, 3)),
  people: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 14 }), fc.constantFrom(20, 29, 35, 120)),
})
const someUnits = fc
  .array(someUnit, { minLength: 1, maxLength: 4, size: 'max' })
  .filter((units) => units.reduce((ways, { people }) => ways * (people + 1), 1) <= most)

test('what is published leaves somebody who knows the program three counts of every few, and words as wide as they are', () => {
  let few = 0
  fc.assert(
    fc.property(someUnits, (units) => {
      const sets = [...setsOf(units)].map(([name, places]) => ({
        name,
        places,
        people: sum(places.map((place) => units[place]!.people)),
      }))
      const seen = new Map<string, Set<number>[]>()
      for (const answers of everyAnswer(units)) {
        const published = JSON.stringify(tellShares(nationOf(units, answers)))
        const counts = seen.get(published) ?? sets.map(() => new Set<number>())
        for (const [nth, { places }] of sets.entries()) counts[nth]!.add(sum(places.map((place) => answers[place]!)))
        seen.set(published, counts)
      }
      for (const [published, counts] of seen)
        for (const [nth, { name, people }] of sets.entries()) {
          const possible = [...counts[nth]!]
          const what = `${name}, ${people} people, ${possible} of ${published}`
          if (people < 10) expect(possible.length, what).toBeGreaterThanOrEqual(Math.min(3, people + 1))
          if (people < 10) few++
          if (people < 10 || people >= 30) continue
          const [low, high] = [Math.min(...possible), Math.max(...possible)]
          if (wholePercent(low, people) >= 90)
            expect([wholePercent(low - 1, people) >= 90, high], what).toEqual([false, people])
          if (wholePercent(high, people) <= 10)
            expect([low, wholePercent(high + 1, people) <= 10], what).toEqual([0, false])
        }
    }),
    { numRuns: 60 },
  )
  expect(few).toBeGreaterThan(1_000)
})
