import type { Place } from '../fieldwork/cells.ts'
import { type Indicator, nationArea } from './indicator.ts'

type SetKey = Pick<Indicator, 'level' | 'area' | 'targetGroup'>

/** Which strata an indicator is of, by level, area and target group. */
export type Sets = (key: SetKey) => readonly string[]

const textOf = ({ level, area, targetGroup }: SetKey) => `${level} ${area} ${targetGroup}`

/** The strata of each indicator of a round. */
export function setsOf(places: readonly Place[]): Sets {
  const sets = new Map<string, string[]>()
  for (const { id, unitId, municipalityCode, targetGroup } of places) {
    const own: SetKey[] = [
      ...(['total', targetGroup] as const).flatMap((group): SetKey[] => [
        { level: 'nation', area: nationArea, targetGroup: group },
        { level: 'municipality', area: municipalityCode, targetGroup: group },
      ]),
      { level: 'unit', area: unitId, targetGroup },
    ]
    for (const key of own) {
      const set = sets.get(textOf(key))
      if (set) set.push(id)
      else sets.set(textOf(key), [id])
    }
  }
  return (key) => sets.get(textOf(key)) ?? []
}
