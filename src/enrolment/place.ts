import type { TargetGroup } from '../questionnaire/target-groups.ts'

/** A target group at a unit, and how many people the municipality expects to meet there; 0 when nobody knows. */
export interface GroupAt {
  targetGroup: TargetGroup
  expected: number
}

export interface EnrolmentPlace extends GroupAt {
  unitId: string
}

/** Plain addition: how many units, and how many people in each group and in all; at how many units of each nobody knows. */
export function sumOf(places: EnrolmentPlace[], groups: TargetGroup[]) {
  const add = (some: EnrolmentPlace[]) => some.reduce((sum, { expected }) => sum + expected, 0)
  return {
    units: new Set(places.map(({ unitId }) => unitId)).size,
    expected: add(places),
    byGroup: groups.map((group) => add(places.filter(({ targetGroup }) => targetGroup === group))),
    unknownByGroup: groups.map(
      (group) => places.filter(({ targetGroup, expected }) => targetGroup === group && expected === 0).length,
    ),
  }
}
