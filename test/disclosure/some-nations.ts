import fc from 'fast-check'
import type { GroupCells, MunicipalityCells } from '../../src/disclosure/cells.ts'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'
import { type Proportion, pooled } from '../../src/statistics/proportion.ts'

/** Nobody as often as one or two, mostly a handful or a dozen, now and then hundreds. */
const somePeople = fc.oneof(
  { weight: 6, arbitrary: fc.nat(15) },
  { weight: 2, arbitrary: fc.nat(60) },
  { weight: 1, arbitrary: fc.nat(600) },
)

/** All, nobody, nearly all of them, or any. */
const somePositive = (people: number) =>
  fc.oneof(
    fc.nat(people),
    fc.nat(Math.ceil(people / 8)).map((few) => people - Math.min(few, people)),
    fc.constantFrom(0, people),
  )

const someProportion: fc.Arbitrary<Proportion> = somePeople.chain((people) =>
  fc.record({ people: fc.constant(people), positive: somePositive(people) }),
)

interface Answered {
  woman: Proportion
  man: Proportion
  rest: Proportion
}

const someUnit: fc.Arbitrary<Answered> = fc.record({
  ...{ woman: someProportion, man: someProportion },
  rest: fc.oneof(
    fc.constant({ people: 0, positive: 0 }),
    fc.nat(4).chain((people) => fc.record({ people: fc.constant(people), positive: fc.nat(people) })),
  ),
})

/** A group of some units, of each who answered there. */
export function groupOf(targetGroup: TargetGroup, code: string, units: Answered[]): GroupCells {
  return {
    targetGroup,
    units: units.map(({ woman, man, rest }, nth) => ({ unitId: `${code}-${nth}`, ...pooled([woman, man, rest]) })),
    woman: pooled(units.map(({ woman }) => woman)),
    man: pooled(units.map(({ man }) => man)),
    rest: pooled(units.map(({ rest }) => rest)),
  }
}

/** From one municipality to twelve, with one group to five each, and up to sixty units in a group. */
export function someNation({ municipalities = 12, units = 60 } = {}): fc.Arbitrary<MunicipalityCells[]> {
  const someUnits = fc.oneof(
    { weight: 4, arbitrary: fc.array(someUnit, { maxLength: Math.min(4, units), size: 'max' }) },
    { weight: 1, arbitrary: fc.array(someUnit, { maxLength: units, size: 'max' }) },
  )
  const someGroups = fc.subarray([...targetGroups], { minLength: 1 })
  const someMunicipality = someGroups.chain((groups) =>
    fc.tuple(...groups.map((group) => fc.tuple(fc.constant(group), someUnits))),
  )
  return fc.array(someMunicipality, { minLength: 1, maxLength: municipalities, size: 'max' }).map((all) =>
    all.map((groups, nth) => {
      const code = String(1000 + nth)
      return { code, groups: groups.map(([group, its]) => groupOf(group, code, its)) }
    }),
  )
}
