import type { FigureStatus } from '../disclosure/cells.ts'
import { targetGroups } from '../questionnaire/target-groups.ts'

/** Of what an indicator is: `mean` is the unweighted mean of municipalities, of the nation's or of a county's. */
export const levels = ['nation', 'mean', 'county', 'municipality', 'unit'] as const

export type Level = (typeof levels)[number]

/**
 * What an indicator says. Of a question: `positive`, the share of positive answers; `option`, the share of one answer, or of those in `part` put
 * together; `change`, of the last, how many are better off, as before and worse off; `dont-know`; `women-men`, 1 where women are surely
 * higher, -1 where men are, else 0; `association` with overall satisfaction. Of an area: `responses`, `offered` and the response `rate` (`part`
 * is `at-most` where a tally is missing), `gender` in words, and `language`.
 */
// biome-ignore format: one line is read at once
export const measures = ['positive', 'option', 'change', 'dont-know', 'women-men', 'association', 'responses', 'offered', 'rate', 'gender', 'language'] as const

export type Measure = (typeof measures)[number]

/** A target group, or all of an area's together. */
export const groupsAndTotal = ['total', ...targetGroups] as const

export type GroupOrTotal = (typeof groupsAndTotal)[number]

/**
 * One indicator that was told, or why it was not. `value` is in whole per cent, or what its measure says; `people` are those it is a share of,
 * where that may be told, and `positive` of them: then the share is known to the last digit. Of a mean, `people` are the areas in it.
 */
export interface Indicator {
  level: Level
  /** `0000` for the nation and its mean, a county's or municipality's code, a unit's id. */
  area: string
  targetGroup: GroupOrTotal
  gender: 'all' | 'woman' | 'man'
  measure: Measure
  /** A question's id; empty for what is of no question. */
  question: string
  part: string
  status: FigureStatus
  value?: number
  people?: number
  positive?: number
}

export const nationArea = '0000'

/** Where indicators are from, as it was called when they were released. */
export interface ReleasedArea {
  level: 'municipality' | 'unit'
  area: string
  name: string
  /** A municipality's county, a unit's municipality: their codes. */
  within: string
}

const keyOf = ({ level, area, targetGroup, measure, question, gender, part }: Indicator) =>
  [levels.indexOf(level), area, targetGroup, 10 + measures.indexOf(measure), question, gender, part].join(' ')

/** The order in which indicators are kept, and in which their hash is worked out. */
export const byIndicator = byCode(keyOf)

/** By code units, which is the same everywhere: the order of names is for people. */
export function byCode<Item>(textOf: (item: Item) => string): (one: Item, other: Item) => number {
  return (one, other) => {
    const [a, b] = [textOf(one), textOf(other)]
    return a < b ? -1 : a > b ? 1 : 0
  }
}
