import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Figure, MunicipalityCells } from '../../src/disclosure/cells.ts'
import { wholePercent } from '../../src/statistics/rounding.ts'
import { sum } from '../../src/statistics/sum.ts'
import { someNation } from '../disclosure/some-nations.ts'
import { alingsas, group } from '../disclosure/told-of.ts'
import { byUnits } from './atoms.ts'
import { exposedAmong, exposedByTrying } from './audit.ts'
import { possibleBy } from './possible.ts'
import { isAddedUp } from './row-space.ts'

describe('the audit', () => {
  test('finds by signatures whatever trying all sets finds', () => {
    let found = 0
    fc.assert(
      fc.property(someNation({ municipalities: 3, units: 3 }), fc.infiniteStream(fc.boolean()), (nation, coins) => {
        const atoms = byUnits(nation)
          .filter(({ people }) => people > 0)
          .slice(0, 10)
        const told = new Set(atoms.flatMap(({ sets }) => sets).filter(() => coins.next().value))
        const tried = exposedByTrying(atoms, told).map(String).sort()
        found += tried.length
        expect(exposedAmong(atoms, told).map(String).sort()).toEqual(tried)
      }),
      { numRuns: 500 },
    )
    expect(found).toBeGreaterThan(100)
  })

  test('knows what can be added up', () => {
    const told = [
      [1, 1, 0],
      [0, 1, 1],
    ]
    expect(isAddedUp(told, [1, 0, 0])).toBe(false)
    expect(isAddedUp([...told, [1, 0, 1]], [1, 0, 0])).toBe(true)
  })

  test('finds of what is possible whatever trying all answers finds', () => {
    const unit = fc.nat(4).chain((people) => fc.record({ people: fc.constant(people), positive: fc.nat(people) }))
    const units = fc.array(unit, { minLength: 1, maxLength: 2 })
    const told = fc.array(fc.constantFrom('1489 youth', '1489 total', '0000 youth', '0000 guardian', '0000 total'))
    fc.assert(
      fc.property(fc.tuple(units, units, units), told, fc.boolean(), ([one, other, third], names, hasNumber) => {
        const written = (some: typeof one) => some.map(({ people, positive }) => `${positive}/${people}`).join(' ')
        const nation: MunicipalityCells[] = [
          alingsas(group('youth', written(one)), group('guardian', written(other))),
          { code: '1490', groups: [{ ...group('youth', written(third)) }] },
        ]
        const figures = names.map((name) => figureOf(nation, name, hasNumber))
        const possible = possibleBy(nation, figures)
        for (const name of ['1489 youth', '1490 youth'] as const) {
          const counts = countsOf(nation, figures, name)
          const its = possible.find((one) => one.name === name)
          if (its) expect([its.low, its.high]).toEqual([Math.min(...counts), Math.max(...counts)])
        }
      }),
      { numRuns: 200 },
    )
  })
})

const figureKey = (name: string) => {
  const [area, targetGroup] = name.split(' ') as [string, Figure['targetGroup']]
  return { level: 'municipality', area, targetGroup, gender: 'all' } as const
}

type Answers = Record<'1489 youth' | '1489 guardian' | '1490 youth', number>

const inSet: Record<string, (keyof Answers)[]> = {
  '1489 youth': ['1489 youth'],
  '1490 youth': ['1490 youth'],
  '1489 total': ['1489 youth', '1489 guardian'],
  '0000 youth': ['1489 youth', '1490 youth'],
  '0000 guardian': ['1489 guardian'],
  '0000 total': ['1489 youth', '1489 guardian', '1490 youth'],
}

const within = (answers: Answers, name: string) => sum(inSet[name]!.map((one) => answers[one]))

function answered(nation: MunicipalityCells[], key: 'people' | 'positive'): Answers {
  const of = (at: number, nth: number) => sum(nation[at]!.groups[nth]!.units.map((unit) => unit[key]))
  return { '1489 youth': of(0, 0), '1489 guardian': of(0, 1), '1490 youth': of(1, 0) }
}

function figureOf(nation: MunicipalityCells[], name: string, hasNumber: boolean): Figure {
  const [people, positive] = (['people', 'positive'] as const).map((key) => within(answered(nation, key), name))
  if (people === 0) return { ...figureKey(name), status: 'nobody' }
  const percent = wholePercent(positive!, people!)
  return {
    ...figureKey(name),
    status: 'shown',
    percent,
    ...(hasNumber ? { people: people!, positive: positive! } : {}),
  }
}

/** All numbers of positive answers in a set with which everything could be told that is. */
function countsOf(nation: MunicipalityCells[], figures: Figure[], name: keyof Answers): number[] {
  const people = answered(nation, 'people')
  const upTo = (most: number) => Array.from({ length: most + 1 }, (_, number) => number)
  const isLeft = (answers: Answers) =>
    figures.every(({ area, targetGroup, percent, positive }) => {
      const [its, all] = [answers, people].map((some) => within(some, `${area} ${targetGroup}`)) as [number, number]
      return all === 0 || (positive === undefined ? wholePercent(its, all) === percent : its === positive)
    })
  return upTo(people['1489 youth']).flatMap((one) =>
    upTo(people['1489 guardian']).flatMap((other) =>
      upTo(people['1490 youth']).flatMap((third) => {
        const answers = { '1489 youth': one, '1489 guardian': other, '1490 youth': third }
        return isLeft(answers) ? [answers[name]] : []
      }),
    ),
  )
}
