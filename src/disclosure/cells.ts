import type { TargetGroup } from '../questionnaire/target-groups.ts'
import type { Proportion } from '../statistics/proportion.ts'

/**
 * What one question was answered with, in the smallest sets of people that are ever looked at. Each question is a matter of its own:
 * nobody is known to have skipped one. `positive` is 0 throughout where only the number of responses is told.
 */
export interface MunicipalityCells {
  code: string
  groups: GroupCells[]
}

/** A target group that a municipality surveys. Its units add up to it, and so do its genders. */
export interface GroupCells {
  targetGroup: TargetGroup
  units: UnitCell[]
  woman: Proportion
  man: Proportion
  /** Who gave another gender or none: never told, and part of every total. */
  rest: Proportion
}

/** A unit within a target group: a stratum. */
export interface UnitCell extends Proportion {
  unitId: string
}

/**
 * Why a figure is told, or is not: `few` fewer than ten people, `protected` it would tell what is kept back elsewhere, `nobody` no answer
 * at all. `at-least-90` and `at-most-10`: the share itself would nearly say what each of them answered.
 */
export type FigureStatus = 'shown' | 'few' | 'protected' | 'at-least-90' | 'at-most-10' | 'nobody'

/** Which set of people a figure is of. */
export interface FigureKey {
  level: 'nation' | 'municipality' | 'unit'
  /** `0000` for the nation, a municipality's code, or a unit's id. */
  area: string
  /** `total`: all of its target groups together. A unit has none. */
  targetGroup: TargetGroup | 'total'
  /** Of women and men only within a target group of a municipality or of the nation, and never their number. */
  gender: 'all' | 'woman' | 'man'
}

/** What is told of a set of people. */
export interface Figure extends FigureKey {
  status: FigureStatus
  /** How many they are; absent of women and men, where `few`, `protected` or `nobody`, and where the number alone is kept back. */
  people?: number
  /** Only where `shown` with `people`. */
  positive?: number
  /** Whole per cent, where `shown`. */
  percent?: number
}
