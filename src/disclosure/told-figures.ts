import type { Proportion } from '../statistics/proportion.ts'
import { wholePercent } from '../statistics/rounding.ts'
import { possibleOfAll } from './bounds.ts'
import type { Figure, FigureKey } from './cells.ts'
import { type ToldGenders, toldGenders, toldGendersOfNation } from './genders.ts'
import { inOrder } from './in-order.ts'
import { isUnanimous, wordsOf } from './possible-counts.ts'
import { type GroupSet, isTold, type NationSets, type PeopleSet } from './sets.ts'
import { smallestShown } from './thresholds.ts'

/** What is told of all sets, or why it is not: by level, area, group and gender. */
export function figuresOf(sets: NationSets): Figure[] {
  const { total, groups, municipalities } = sets
  const possible = possibleOfAll(sets)
  const genders = new Map<GroupSet, ToldGenders>()
  const gendersOf = (group: GroupSet) => {
    const told = genders.get(group) ?? toldGenders(group, possible(group))
    genders.set(group, told)
    return told
  }
  const nation = { level: 'nation', area: '0000' } as const
  const parts = municipalities.flatMap((municipality) => municipality.groups)
  const ofNation = groups.flatMap((group) => {
    const its = parts.filter(({ targetGroup }) => targetGroup === group.targetGroup)
    return figuresOfGroup(nation, group, toldGendersOfNation(group, its, gendersOf))
  })
  const ofMunicipalities = municipalities.flatMap(({ code: area, total, groups }) => {
    const key = { level: 'municipality', area } as const
    return [totalFigure(key, total), ...groups.flatMap((group) => figuresOfGroup(key, group, gendersOf(group)))]
  })
  return [totalFigure(nation, total), ...ofNation, ...ofMunicipalities, ...figuresOfUnits(municipalities)]
}

type Place = Pick<FigureKey, 'level' | 'area'>

const totalFigure = (place: Place, total: PeopleSet): Figure => ({
  ...{ ...place, targetGroup: 'total', gender: 'all' },
  ...toldOf(total),
})

function figuresOfGroup(place: Place, group: GroupSet, told: ToldGenders): Figure[] {
  const key = { ...place, targetGroup: group.targetGroup }
  const ofGenders = (['woman', 'man'] as const).map(
    (gender): Figure => ({ ...key, gender, ...toldOfGender(group[gender], told[gender]) }),
  )
  return [{ ...key, gender: 'all', ...toldOf(group) }, ...ofGenders]
}

function figuresOfUnits(municipalities: NationSets['municipalities']): Figure[] {
  const figures = municipalities.flatMap(({ groups }) =>
    groups.flatMap(({ targetGroup, units }) =>
      units.map(
        ({ unitId: area, ...unit }): Figure => ({
          ...{ level: 'unit', area, targetGroup, gender: 'all' },
          ...toldOf(unit),
        }),
      ),
    ),
  )
  return inOrder(figures, ({ area }) => area)
}

type Said = Omit<Figure, keyof FigureKey>

/** Of women and men the share alone, so nothing where only numbers are told. */
function toldOfGender(set: Proportion, isToldOf: boolean): Said {
  return toldOf({ ...set, share: !isToldOf ? 'hidden' : isUnanimous(set) ? 'words' : 'exact', hasNumber: false })
}

function toldOf(set: Omit<PeopleSet, 'counts' | 'least' | 'most'>): Said {
  const { people, positive, share, hasNumber } = set
  if (people === 0) return { status: 'nobody' }
  if (people < smallestShown) return { status: 'few' }
  if (!isTold(set)) return { status: 'protected' }
  const number = hasNumber ? { people } : {}
  if (share === 'hidden') return { status: 'shown', ...number }
  if (share === 'words') return { status: wordsOf(set)!, ...number }
  return { status: 'shown', ...number, ...(hasNumber ? { positive } : {}), percent: wholePercent(positive, people) }
}
