import { targetGroups } from '../questionnaire/target-groups.ts'
import { roundedQuotient } from '../statistics/rounding.ts'
import { sum } from '../statistics/sum.ts'
import { extremesOf } from './extremes.ts'
import type { Indicator } from './indicator.ts'
import { proportionOf, type ShareLine, shareIn } from './share-lines.ts'
import { surelyApart } from './surely-apart.ts'

/** What questions are named together. */
export const questionsOf = (lines: readonly ShareLine[]) => ({ questions: lines.map(({ question }) => question) })

/**
 * The best and the weakest question of some lines: where all of them are told as numbers, for of others nobody knows which they are, and where
 * each that is called the best is surely above each that is called the weakest, judged among all pairs of the questions.
 */
export function sureExtremes(some: readonly ShareLine[], own: readonly Indicator[]) {
  const lines = some.map((line) => withLeastNumber(line, own))
  if (lines.some(({ share }) => share?.status !== 'shown')) return undefined
  const { highest, lowest } = extremesOf(lines)
  if (!highest[0] || !lowest[0]) return undefined
  const isApart = surelyApart([lines])
  if (!highest.every((best) => lowest.every((weakest) => isApart(best, weakest)))) return undefined
  return {
    ...{ best: questionsOf(highest), weakest: questionsOf(lowest) },
    ...{ high: { percent: highest[0].share!.value! }, low: { percent: lowest[0].share!.value! } },
  }
}

/**
 * Of all target groups together a share may be told without its number. It is of at least as many people as those of its groups that are told with
 * theirs, and the more they are, the surer is the same difference: tested with the least number, no more is called sure than is.
 */
function withLeastNumber(line: ShareLine, own: readonly Indicator[]): ShareLine {
  const { share, targetGroup, question } = line
  if (share?.status !== 'shown' || targetGroup !== 'total' || proportionOf(share)) return line
  const people = sum(targetGroups.map((group) => proportionOf(shareIn(own, group, question))?.people ?? 0))
  return { ...line, share: { ...share, people, positive: roundedQuotient(share.value! * people, 100) } }
}
