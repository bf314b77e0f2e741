import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leavesNoRemainder } from '../../src/disclosure/remainders.ts'
import { makeMunicipality, makeNation, type NationSets, type PeopleSet } from '../../src/disclosure/sets.ts'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'
import { sum } from '../../src/statistics/sum.ts'

const nobody = { people: 0, positive: 0 }
const someSizes = fc.array(fc.oneof(fc.nat(12), fc.integer({ min: 3, max: 6 })), { minLength: 1, maxLength: 2 })

/** Up to three municipalities of up to three groups with one or two units, and of each set its number, or not. */
const someTold: fc.Arbitrary<NationSets> = fc
  .array(fc.array(someSizes, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .chain((sizes) => {
    const nation = makeNation(
      sizes.map((groups, nth) =>
        makeMunicipality({
          code: String(nth),
          groups: groups.map((units, column) => ({
            targetGroup: targetGroups[column] as TargetGroup,
            units: units.map((people, unit) => ({ unitId: String(unit), people, positive: 0 })),
            woman: { people: sum(units), positive: 0 },
            ...{ man: nobody, rest: nobody },
          })),
        }),
      ),
    )
    const sets = setsOf(nation).map(({ set }) => set)
    return fc.array(fc.boolean(), { minLength: sets.length, maxLength: sets.length }).map((told) => {
      for (const [nth, set] of sets.entries()) set.hasNumber = told[nth]! && set.people >= 10
      for (const { groups } of nation.municipalities) {
        for (const group of groups.filter(({ hasNumber }) => !hasNumber)) {
          for (const unit of group.units) unit.hasNumber = false
        }
      }
      return nation
    })
  })

/** All sets, each with the units that it consists of. */
function setsOf({ total, groups, municipalities }: NationSets): { set: PeopleSet; units: PeopleSet[] }[] {
  const unitsOf = (wanted: (group: TargetGroup) => boolean, within = municipalities) =>
    within.flatMap((its) => its.groups.filter((group) => wanted(group.targetGroup)).flatMap(({ units }) => units))
  return [
    { set: total, units: unitsOf(() => true) },
    ...groups.map((set) => ({ set, units: unitsOf((group) => group === set.targetGroup) })),
    ...municipalities.flatMap((its) => [
      { set: its.total, units: unitsOf(() => true, [its]) },
      ...its.groups.flatMap((set) => [
        { set, units: set.units },
        ...set.units.map((unit) => ({ set: unit, units: [unit] })),
      ]),
    ]),
  ]
}

/** The rows of a matrix, each reduced until its first number stands alone in its column. */
function reduced(matrix: number[][]): number[][] {
  const rows = matrix.map((row) => [...row])
  const done: number[][] = []
  for (let column = 0; column < (matrix[0]?.length ?? 0); column++) {
    const at = rows.findIndex((row) => Math.abs(row[column]!) > 1e-9)
    if (at < 0) continue
    const [found] = rows.splice(at, 1)
    const pivot = found!.map((number) => number / found![column]!)
    for (const row of [...rows, ...done]) {
      const factor = row[column]!
      for (const [nth, number] of pivot.entries()) row[nth]! -= factor * number
    }
    done.push(pivot)
  }
  return done
}

/** Whether any units of one to nine people together are a sum and difference of what is told: all that there are is tried. */
function isSmallSetTold(nation: NationSets): boolean {
  const units = nation.municipalities
    .flatMap(({ groups }) => groups.flatMap((group) => group.units))
    .filter(({ people }) => people > 0)
  const told = setsOf(nation).filter(({ set }) => set.hasNumber)
  const rows = reduced(told.map((of) => units.map((unit) => Number(of.units.includes(unit)))))
  const pivots = rows.map((row) => row.findIndex((number) => Math.abs(number) > 1e-9))
  for (let chosen = 1; chosen < 2 ** units.length; chosen++) {
    const isIn = units.map((_, nth) => Number(Boolean(chosen & (1 << nth))))
    if (sum(units.map(({ people }, nth) => people * isIn[nth]!)) >= 10) continue
    const combined = units.map((_, nth) => sum(rows.map((row, at) => row[nth]! * isIn[pivots[at]!]!)))
    if (combined.every((number, nth) => Math.abs(number - isIn[nth]!) < 1e-6)) return true
  }
  return false
}

test('no set of one to nine people can be added up: what is found by rule is what trying all of them finds', () => {
  const found = { safe: 0, unsafe: 0 }
  fc.assert(
    fc.property(someTold, (nation) => {
      const isSafe = !isSmallSetTold(nation)
      found[isSafe ? 'safe' : 'unsafe']++
      expect(leavesNoRemainder(nation)).toBe(isSafe)
    }),
    { numRuns: 1500 },
  )
  expect(Math.min(found.safe, found.unsafe)).toBeGreaterThan(200)
})
