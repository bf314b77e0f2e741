import type { Figure, GroupCells, MunicipalityCells } from '../../src/disclosure/cells.ts'
import { tellRound } from '../../src/disclosure/figures.ts'
import type { TargetGroup } from '../../src/questionnaire/target-groups.ts'
import { pooled, restOf } from '../../src/statistics/proportion.ts'
import { fraction } from '../statistics/some-proportions.ts'

/** A group by its units, "15/17 6/7", and by its women and men; the others of it gave another gender or none. */
export function group(targetGroup: TargetGroup, units: string, woman = '0/0', man = '0/0'): GroupCells {
  const cells = units.split(' ').map((text, nth) => ({ unitId: `${targetGroup} ${nth}`, ...fraction(text) }))
  const genders = { woman: fraction(woman), man: fraction(man) }
  return { targetGroup, units: cells, ...genders, rest: restOf(pooled(cells), pooled(Object.values(genders))) }
}

export const alingsas = (...groups: GroupCells[]): MunicipalityCells => ({ code: '1489', groups })

/** What is told of a set, in a word or two: `50 of 85`, `80 %` where it is without a number, or why it is not told. */
export function saidOf(figure: Figure | undefined): string {
  const { status, people, positive, percent } = figure ?? { status: 'no figure' }
  if (status !== 'shown') return people === undefined ? status : `${status} of ${people}`
  return people === undefined ? `${percent} %` : positive === undefined ? `${people}` : `${positive} of ${people}`
}

/** Of a group, or of the total, of the municipality or the nation. */
export const groupIn = (figures: Figure[], targetGroup: Figure['targetGroup'], more: Partial<Figure> = {}): string =>
  saidOf(
    figures.find((figure) =>
      Object.entries({ level: 'municipality', gender: 'all', targetGroup, ...more }).every(
        ([key, value]) => figure[key as keyof Figure] === value,
      ),
    ),
  )

/** Of all units in order. */
export const unitsIn = (figures: Figure[]): string[] => figures.filter(({ level }) => level === 'unit').map(saidOf)

/** What is told of the shares of one question, where nothing is told of how many answered. */
export const tellShares = (question: readonly MunicipalityCells[]): Figure[] =>
  tellRound(undefined, [question]).shares[0]!
