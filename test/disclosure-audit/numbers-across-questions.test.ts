import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded } from '../../scripts/seeded.ts'
import type { Figure, GroupCells, MunicipalityCells } from '../../src/disclosure/cells.ts'
import { tellNumbers, tellRound } from '../../src/disclosure/figures.ts'
import { smallestShown } from '../../src/disclosure/thresholds.ts'
import { type Known, numbersLeft, total, type Unknown, workOut } from '../disclosure/audit.ts'
import { someNation } from '../disclosure/some-nations.ts'
import { alingsas, group } from '../disclosure/told-of.ts'
import { nameOf } from './atoms.ts'

/** More than answer anywhere here. */
const many = 10_000

/** What somebody knows who reads how many answered, and how many have an opinion on each question, and adds all of it up. */
function knownWellBy(nation: MunicipalityCells[], answered: Figure[], questions: Figure[][]): string[] {
  const known: Known[] = []
  const few: { name: string; told: Known }[] = []
  const reads = (figures: Figure[]) => {
    const cells = new Map<string, Unknown>()
    const setOf = setsIn(nation, (name) => {
      if (!cells.has(name)) cells.set(name, { least: 0, most: many })
      return cells.get(name)!
    })
    for (const figure of figures.filter(({ gender }) => gender === 'all')) {
      const of = setOf(figure)
      const told = { of, ...peopleOf(figure, of.length * many) }
      known.push(told)
      if (figure.status === 'few') few.push({ name: nameOf(figure), told })
    }
    return setOf
  }
  const ofAnswered = reads(answered)
  const others = new Map<Unknown, Unknown>()
  const keys = answered.filter(({ gender }) => gender === 'all')
  // Whoever has an opinion has answered: opinions, and those who did not answer of so many, are no more than these together.
  for (const key of keys) {
    for (const cell of ofAnswered(key)) {
      if (others.has(cell)) continue
      const other = { least: 0, most: many }
      others.set(cell, other)
      known.push({ of: [cell, other], low: many, high: many })
    }
  }
  for (const question of questions) {
    const ofQuestion = reads(question)
    for (const key of keys) {
      const rest = ofAnswered(key).map((cell) => others.get(cell)!)
      known.push({ of: [...ofQuestion(key), ...rest], low: 0, high: rest.length * many })
    }
  }
  workOut(known)
  for (const { of } of known) if (of.some(({ least, most }) => least > most)) throw new Error('this cannot be')
  return few.filter(({ told }) => numbersLeft(told) < 3).map(({ name, told }) => `${name} ${total(told.of, 'least')}`)
}

function peopleOf({ status, people }: Figure, most: number): { low: number; high: number } {
  if (status === 'nobody') return { low: 0, high: 0 }
  if (status === 'few') return { low: 1, high: smallestShown - 1 }
  return people === undefined ? { low: smallestShown, high: most } : { low: people, high: people }
}

/** The cells of each set, by name. */
function setsIn(nation: MunicipalityCells[], cellOf: (name: string) => Unknown): (figure: Figure) => Unknown[] {
  const strata = nation.flatMap(({ code, groups }) =>
    groups.flatMap(({ targetGroup, units }) => units.map(({ unitId }) => ({ code, targetGroup, unitId }))),
  )
  return ({ level, area, targetGroup }) =>
    strata
      .filter(
        (one) =>
          (targetGroup === 'total' || one.targetGroup === targetGroup) &&
          (level === 'nation' || (level === 'municipality' ? one.code === area : one.unitId === area)),
      )
      .map((one) => cellOf(`${one.unitId} ${one.targetGroup}`))
}

const onlyNumbers = (groups: GroupCells[], numberOf: (people: number) => number): GroupCells[] =>
  groups.map(({ targetGroup, units }) => {
    const its = units.map(({ unitId, people }) => ({ unitId, people: numberOf(people), positive: 0 }))
    const people = its.reduce((sum, unit) => sum + unit.people, 0)
    const nobody = { people: 0, positive: 0 }
    return { targetGroup, units: its, woman: { people, positive: 0 }, man: nobody, rest: nobody }
  })

/** A nation as it answered, and how many of those have an opinion on some questions: most of them on each. */
const someAnswers = (size: { municipalities: number; units: number }) =>
  fc
    .tuple(someNation(size), fc.integer(), fc.double({ min: 0.5, max: 1, noNaN: true }))
    .map(([nation, seed, share]) => {
      const random = seeded(seed)
      const opinions = (people: number) =>
        Array.from({ length: people }, random).filter((drawn) => drawn < share).length
      const of = (numberOf: (people: number) => number): MunicipalityCells[] =>
        nation.map(({ code, groups }) => ({ code, groups: onlyNumbers(groups, numberOf) }))
      return { answered: of((people) => people), questions: Array.from({ length: 4 }, () => of(opinions)) }
    })

describe('how many people a small set is, read across all questions,', () => {
  test.each([
    ['a municipality', { municipalities: 1, units: 4 }, 400],
    ['a small nation', { municipalities: 4, units: 3 }, 80],
  ] as const)('stays open in %s', (_, size, numRuns) => {
    fc.assert(
      fc.property(someAnswers(size), ({ answered, questions }) => {
        const told = tellRound(answered, questions)
        expect(knownWellBy(answered, told.responses, told.shares)).toEqual([])
      }),
      { numRuns },
    )
  })

  test('would be known where two small groups are eighteen together', () => {
    const nation = [alingsas(group('youth', '0/9'), group('guardian', '0/9'), group('addiction', '0/40'))]
    expect(knownWellBy(nation, plainly(nation), [])).toContain('1489 youth 9')
    expect(tellNumbers(nation).find((figure) => nameOf(figure) === '1489 total')?.people).toBeUndefined()
  })

  test('would be known by how many answered of another group', () => {
    const answered = [alingsas(group('youth', '0/12'), group('guardian', '0/13'), group('addiction', '0/60'))]
    const question = [alingsas(group('youth', '0/9'), group('guardian', '0/12'), group('addiction', '0/60'))]
    expect(
      knownWellBy(answered, plainly(answered), [
        plainly(question, ['1489 guardian', 'guardian 0 guardian', '0000 guardian']),
      ]),
    ).toContain('1489 youth 8')
  })
})

/** Everything of ten people or more, as if there were no other rule; but not what is named. */
function plainly(nation: MunicipalityCells[], but: string[] = []): Figure[] {
  const of = (key: Omit<Figure, 'status' | 'gender'>, people: number): Figure => {
    const full = { ...key, gender: 'all' as const }
    if (people < smallestShown) return { ...full, status: people === 0 ? 'nobody' : 'few' }
    return but.includes(nameOf(full as Figure))
      ? { ...full, status: 'protected' }
      : { ...full, status: 'shown', people }
  }
  return tellNumbers(nation).map(({ level, area, targetGroup }) => {
    const sets = nation.flatMap(({ code, groups }) =>
      groups.flatMap((its) =>
        its.units
          .filter(
            ({ unitId }) =>
              (targetGroup === 'total' || its.targetGroup === targetGroup) &&
              (level === 'nation' || area === (level === 'municipality' ? code : unitId)),
          )
          .map(({ people }) => people),
      ),
    )
    return of(
      { level, area, targetGroup },
      sets.reduce((sum, people) => sum + people, 0),
    )
  })
}
