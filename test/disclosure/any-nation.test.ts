import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Figure, MunicipalityCells } from '../../src/disclosure/cells.ts'
import { tellNumbers } from '../../src/disclosure/figures.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { pooled } from '../../src/statistics/proportion.ts'
import { wholePercent } from '../../src/statistics/rounding.ts'
import { sum } from '../../src/statistics/sum.ts'
import { someNation } from './some-nations.ts'
import { tellShares } from './told-of.ts'

const keyOf = ({ level, area, targetGroup, gender }: Omit<Figure, 'status'>) =>
  [level, area, targetGroup, gender].join()

/** What was answered, of each set of people that has a figure. */
function answeredOf(nation: MunicipalityCells[]) {
  const answered = new Map<string, { people: number; positive: number }[]>()
  const add = (key: Omit<Figure, 'status'>, cell: { people: number; positive: number }) =>
    answered.set(keyOf(key), [...(answered.get(keyOf(key)) ?? []), cell])
  for (const { code, groups } of nation) {
    for (const { targetGroup, units, ...cells } of groups) {
      const places = [
        { level: 'municipality', area: code },
        { level: 'nation', area: '0000' },
      ] as const
      const all = pooled(Object.values(cells))
      for (const place of places) {
        add({ ...place, targetGroup: 'total', gender: 'all' }, all)
        add({ ...place, targetGroup, gender: 'all' }, all)
        for (const gender of ['woman', 'man'] as const) add({ ...place, targetGroup, gender }, cells[gender])
      }
      for (const { unitId: area, ...cell } of units) add({ level: 'unit', area, targetGroup, gender: 'all' }, cell)
    }
  }
  return new Map([...answered].map(([key, some]) => [key, pooled(some)]))
}

const isTold = ({ status }: Figure) => !['few', 'protected', 'nobody'].includes(status)
const isNobodyOrTen = (people: number) => people === 0 || people >= 10

/** The same nation in another order throughout. */
const shuffled = (nation: MunicipalityCells[]) =>
  fc.shuffledSubarray(nation, { minLength: nation.length }).chain((all) =>
    fc.tuple(
      ...all.map(({ code, groups }) =>
        fc.record({
          code: fc.constant(code),
          groups: fc.shuffledSubarray(
            groups.map((group) => ({ ...group, units: group.units.toReversed() })),
            { minLength: groups.length },
          ),
        }),
      ),
    ),
  )

describe('in any nation', () => {
  test('each set has one figure, which tells what is so and nothing of fewer than ten', () => {
    fc.assert(
      fc.property(someNation(), (nation) => {
        const answered = answeredOf(nation)
        const figures = tellShares(nation)
        expect(new Set(figures.map(keyOf))).toEqual(new Set(answered.keys()))
        expect(figures).toHaveLength(answered.size)
        for (const figure of figures) {
          const { people, positive } = answered.get(keyOf(figure))!
          const percent = people && wholePercent(positive, people)
          if (people === 0) expect(figure.status).toBe('nobody')
          else if (people < 10) expect(figure.status).toBe('few')
          else expect(['few', 'nobody']).not.toContain(figure.status)
          if (!isTold(figure) || figure.gender !== 'all')
            expect([figure.people, figure.positive]).toEqual([undefined, undefined])
          if (figure.status !== 'shown') expect([figure.percent, figure.positive]).toEqual([undefined, undefined])
          if (figure.status === 'shown') {
            expect(figure.percent).toBe(percent)
            expect([undefined, positive]).toContain(figure.positive)
            expect(people >= 30 || (percent > 10 && percent < 90)).toBe(true)
          }
          expect([undefined, people]).toContain(figure.people)
          if (figure.status === 'at-least-90') expect(percent).toBeGreaterThanOrEqual(90)
          if (figure.status === 'at-most-10') expect(percent).toBeLessThanOrEqual(10)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('what is told within a set leaves nobody or ten of it, and nothing is told within one that is not', () => {
    fc.assert(
      fc.property(someNation(), fc.constantFrom(tellShares, tellNumbers), (nation, tell) => {
        const told = new Map(tell(nation).map((figure) => [keyOf(figure), figure]))
        const figureOf = (key: Omit<Figure, 'status'>) => told.get(keyOf(key))!
        for (const { code: area, groups } of nation) {
          const place = { level: 'municipality', area, gender: 'all' } as const
          const hiddenIn = (parts: [Figure, number][]) =>
            sum(parts.filter(([figure]) => !isTold(figure)).map(([, people]) => people))
          const ofGroups = groups.map(({ targetGroup, units, ...cells }): [Figure, number] => {
            const group = figureOf({ ...place, targetGroup })
            const ofUnits = units.map(({ unitId, people }): [Figure, number] => [
              figureOf({ level: 'unit', area: unitId, targetGroup, gender: 'all' }),
              people,
            ])
            if (isTold(group)) expect(hiddenIn(ofUnits)).toSatisfy(isNobodyOrTen)
            else expect(ofUnits.filter(([figure]) => isTold(figure))).toEqual([])
            return [group, pooled(Object.values(cells)).people]
          })
          if (figureOf({ ...place, targetGroup: 'total' }).people) expect(hiddenIn(ofGroups)).toSatisfy(isNobodyOrTen)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('a hidden set in a group that is told to the person keeps three counts', () => {
    let tried = 0
    fc.assert(
      fc.property(someNation({ municipalities: 3 }), (nation) => {
        const told = new Map(tellShares(nation).map((figure) => [keyOf(figure), figure]))
        for (const { code: area, groups } of nation) {
          for (const { targetGroup, units, woman, man, rest } of groups) {
            const group = told.get(keyOf({ level: 'municipality', area, targetGroup, gender: 'all' }))!
            if (group.positive === undefined) continue
            const exact = units.filter(
              ({ unitId }) =>
                told.get(keyOf({ level: 'unit', area: unitId, targetGroup, gender: 'all' }))?.positive !== undefined,
            )
            const others = {
              people: group.people! - pooled(exact).people,
              positive: group.positive - pooled(exact).positive,
            }
            const small = [
              ...units.filter((unit) => !exact.includes(unit)).map(({ people }) => ({ people, within: others })),
              ...[woman, man, rest].map(({ people }) => ({
                people,
                within: { people: group.people!, positive: group.positive! },
              })),
            ]
            for (const { people, within } of small.filter(({ people }) => people > 0 && people < 10)) {
              tried++
              const least = Math.max(0, people - (within.people - within.positive))
              const most = Math.min(people, within.positive)
              expect(most - least + 1).toBeGreaterThanOrEqual(Math.min(3, people + 1))
            }
          }
        }
      }),
      { numRuns: 200 },
    )
    expect(tried).toBeGreaterThan(200)
  })

  test('figures are in order of level, area, group and gender', () => {
    const groups = ['total', ...targetGroups]
    const placeOf = ({ level, area, targetGroup, gender }: Figure) =>
      [
        ['nation', 'municipality', 'unit'].indexOf(level),
        area.replace('-', ' '),
        groups.indexOf(targetGroup),
        ['all', 'woman', 'man'].indexOf(gender),
      ].join('.')
    fc.assert(
      fc.property(someNation({ units: 12 }), (nation) => {
        const places = tellShares(nation).map(placeOf)
        expect(places).toEqual([...places].sort())
      }),
      { numRuns: 40 },
    )
  })

  test('the same is told whatever order it comes in', () => {
    fc.assert(
      fc.property(
        someNation({ units: 8 }).chain((nation) => fc.tuple(fc.constant(nation), shuffled(nation))),
        ([nation, other]) => {
          expect(tellShares(other)).toEqual(tellShares(nation))
          expect(tellNumbers(other)).toEqual(tellNumbers(nation))
        },
      ),
      { numRuns: 40 },
    )
  })
})
