import type { Place } from '../fieldwork/cells.ts'
import { type Indicator, nationArea } from './indicator.ts'

/** What says which set of people an indicator is of. */
type SetKey = Pick<Indicator, 'level' | 'area' | 'targetGroup'>

/** Which strata an indicator is of, by level, area and target group. */
export type Sets = (key: SetKey) => readonly string[]

/** The same as text, to find a set by. */
export const textOfSet = ({ level, area, targetGroup }: SetKey) => `${level} ${area} ${targetGroup}`

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
      const set = sets.get(textOfSet(key))
      if (set) set.push(id)
      else sets.set(textOfSet(key), [id])
    }
  }
  return (key) => sets.get(textOfSet(key)) ?? []
}
