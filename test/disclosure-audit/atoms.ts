import type { Figure, MunicipalityCells } from '../../src/disclosure/cells.ts'

/** People whom no told set parts: those of one unit, or the women, the men or the rest of a group. */
export interface Atom {
  name: string
  people: number
  /** The figures of all sets that they are in, by name. */
  sets: string[]
}

export const nameOf = ({ area, targetGroup, gender }: Pick<Figure, 'area' | 'targetGroup' | 'gender'>): string =>
  [area, targetGroup, ...(gender === 'all' ? [] : [gender])].join(' ')

const nameIn = (area: string, targetGroup: Figure['targetGroup'], gender: Figure['gender'] = 'all') =>
  nameOf({ area, targetGroup, gender })

const nation = '0000'

/** Units are not crossed with gender, so a nation has atoms in two ways: this is by units. */
export const byUnits = (cells: MunicipalityCells[]): Atom[] =>
  cells.flatMap(({ code, groups }) =>
    groups.flatMap(({ targetGroup, units }) =>
      units.map(({ unitId, people }) => {
        const name = nameIn(unitId, targetGroup)
        return { name, people, sets: [name, ...setsOfGroup(code, targetGroup)] }
      }),
    ),
  )

/** And this by women, men and the rest. */
export const byGenders = (cells: MunicipalityCells[]): Atom[] =>
  cells.flatMap(({ code, groups }) =>
    groups.flatMap(({ targetGroup, woman, man, rest }) => [
      ...(['woman', 'man'] as const).map((gender) => ({
        ...{ name: nameIn(code, targetGroup, gender), people: { woman, man }[gender].people },
        sets: [
          nameIn(code, targetGroup, gender),
          nameIn(nation, targetGroup, gender),
          ...setsOfGroup(code, targetGroup),
        ],
      })),
      { name: `${code} ${targetGroup} rest`, people: rest.people, sets: setsOfGroup(code, targetGroup) },
    ]),
  )

const setsOfGroup = (code: string, targetGroup: Figure['targetGroup']) =>
  [code, nation].flatMap((area) => [nameIn(area, targetGroup), nameIn(area, 'total')])

/**
 * The sets of which a number is told. Women and men have only a per cent; but beside a number of all it has to be taken for one where
 * only one of them is told: of up to a hundred people a whole per cent is the count.
 */
export function numbered(told: Figure[]): Set<string> {
  const isTold = ({ status }: Figure) => !['few', 'protected', 'nobody'].includes(status)
  const ofGenders = told.filter((figure) => figure.gender !== 'all' && isTold(figure))
  const isAlone = ({ area, targetGroup }: Figure) =>
    ofGenders.filter((other) => other.area === area && other.targetGroup === targetGroup).length === 1
  return new Set([...told.filter(({ people }) => people !== undefined), ...ofGenders.filter(isAlone)].map(nameOf))
}
