import { type Comparison, comparisonOf, comparisonWithWhole, outcomesOf } from './comparison.ts'
import type { GroupOrTotal, Indicator } from './indicator.ts'
import { type Beside, proportionOf, type ShareLine, shareIn, shareLines } from './share-lines.ts'

/** One of several that stand side by side: an area or a unit and its target group. */
export interface Side {
  own: readonly Indicator[]
  targetGroup: GroupOrTotal
  /** What it is laid against, in the same target group; absent where that is nothing. */
  against?: readonly Indicator[]
  /** Whether it is a part of that, as a unit is of its municipality. */
  isPart?: boolean
}

/** The seven questions of each, in their order, laid against what `whole` of each line holds. */
export interface SideBySide {
  sides: ShareLine[][]
  /** How many pairs could be compared, and how many of them differ surely. */
  compared: number
  sure: number
}

/** Lays several side by side. What differs surely is judged among all pairs together, for they are all read together. */
export function sideBySide(placed: readonly Side[]): SideBySide {
  const compared: { beside: Beside; comparison: Comparison }[] = []
  const sides = placed.map((side) =>
    shareLines({ own: side.own, targetGroup: side.targetGroup }).map((line) => {
      const beside: Beside = { share: side.against && shareIn(side.against, side.targetGroup, line.question) }
      const comparison = comparedWith(line.share, beside.share, side.isPart ?? false)
      if (comparison) compared.push({ beside, comparison })
      return { ...line, whole: beside }
    }),
  )
  const outcomes = outcomesOf(compared.map(({ comparison }) => comparison))
  for (const [at, { beside }] of compared.entries()) beside.outcome = outcomes[at]!
  const sure = outcomes.filter((outcome) => outcome !== 'no-sure-difference').length
  return { sides, compared: compared.length, sure }
}

/** `undefined` where one of them is not told with its number, and where the part is the whole. */
function comparedWith(own?: Indicator, other?: Indicator, isPart = false): Comparison | undefined {
  const [mine, theirs] = [proportionOf(own), proportionOf(other)]
  if (!mine || !theirs) return undefined
  if (!isPart) return comparisonOf(mine, theirs)
  return theirs.people > mine.people ? comparisonWithWhole(mine, theirs) : undefined
}
