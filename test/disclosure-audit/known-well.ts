import fc from 'fast-check'
import { seeded } from '../../scripts/seeded.ts'
import type { Figure, GroupCells, MunicipalityCells } from '../../src/disclosure/cells.ts'
import { smallestShown } from '../../src/disclosure/thresholds.ts'
import { type Known, numbersLeft, total, type Unknown, workOut } from '../disclosure/audit.ts'
import { someNation } from '../disclosure/some-nations.ts'
import { nameOf } from './atoms.ts'

/*
 * An audit of how many people a small set is known to be, read across the answers and all questions. It knows nothing of the program.
 */

/** More than answer anywhere here. */
const many = 10_000

/** What somebody knows of how many answered before they read a release, of sets by their names. */
export type ReadBefore = { name: Pick<Figure, 'level' | 'area' | 'targetGroup'>; low: number; high: number }[]

/** Of which small sets fewer than three numbers are left to somebody who reads how many answered, and have an opinion on each question, and adds it up. */
export const knownWellBy = (nation: MunicipalityCells[], answered: Figure[], questions: Figure[][]): string[] =>
  leftBy(nation, answered, questions).flatMap(({ name, left, least }) => (left < 3 ? [`${name} ${least}`] : []))

/** How many numbers are left of each small set, of the answers first and then of each question; and the least that can be. */
export function leftBy(
  nation: MunicipalityCells[],
  answered: Figure[],
  questions: Figure[][],
  before: ReadBefore = [],
): { name: string; left: number; least: number }[] {
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
  for (const { name, ...range } of before) known.push({ of: ofAnswered(name as Figure), ...range })
  workOut(known)
  for (const { of } of known) if (of.some(({ least, most }) => least > most)) throw new Error('this cannot be')
  return few.map(({ name, told }) => ({ name, left: numbersLeft(told), least: total(told.of, 'least') }))
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

/** The same groups, of as many people as each unit then has. */
const onlyNumbers = (groups: GroupCells[], numberOf: (people: number) => number): GroupCells[] =>
  groups.map(({ targetGroup, units }) => {
    const its = units.map(({ unitId, people }) => ({ unitId, people: numberOf(people), positive: 0 }))
    const people = its.reduce((sum, unit) => sum + unit.people, 0)
    const nobody = { people: 0, positive: 0 }
    return { targetGroup, units: its, woman: { people, positive: 0 }, man: nobody, rest: nobody }
  })

/** A nation as it answered, and how many of those have an opinion on some questions: most of them on each. */
export const someAnswers = (size: { municipalities: number; units: number }) =>
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
