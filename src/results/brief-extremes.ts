import { extremesOf } from './extremes.ts'
import type { ShareLine } from './share-lines.ts'
import { surelyApart } from './surely-apart.ts'

/** What questions are named together. */
export const questionsOf = (lines: readonly ShareLine[]) => ({ questions: lines.map(({ question }) => question) })

/**
 * The best and the weakest question of some lines: where all of them are told as numbers, for of others nobody knows which they are, and where
 * each that is called the best is surely above each that is called the weakest, judged among all pairs of the questions.
 */
export function knownExtremes(lines: readonly ShareLine[]) {
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
