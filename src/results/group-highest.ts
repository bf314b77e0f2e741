import { qualityQuestions } from '../questionnaire/questions.ts'
import { extremesOf } from './extremes.ts'
import type { GroupOrTotal, Indicator } from './indicator.ts'
import { groupLines, proportionOf } from './share-lines.ts'
import { surelyApart } from './surely-apart.ts'

/** The target group that is surely highest on most questions, on how many, and on how many all groups could be compared. */
export interface GroupHighest {
  group: GroupOrTotal
  questions: number
  told: number
}

/** On a single question there is nothing to count. */
const fewestQuestions = 2

/**
 * Of an area: the one group that is highest on more than half of the questions on which all groups that answered can be compared, and on two of
 * them at least; `undefined` where none is. It is highest where it differs surely from each of the others, judged among all pairs of all questions.
 */
export function groupHighest(own: readonly Indicator[]): GroupHighest | undefined {
  const compared = qualityQuestions
    .map(({ id }) => groupLines({ own, question: id }).filter((line) => line.targetGroup !== 'total' && line.share))
    .filter((groups) => groups.length > 1 && groups.every(({ share }) => proportionOf(share)))
  const isApart = surelyApart(compared)
  const times = new Map<GroupOrTotal, number>()
  for (const groups of compared) {
    const [only, ...others] = extremesOf(groups, 2).highest
    if (!only || others.length > 0 || !groups.every((group) => group === only || isApart(only, group))) continue
    times.set(only.targetGroup, (times.get(only.targetGroup) ?? 0) + 1)
  }
  const [most] = [...times].sort(([, one], [, other]) => other - one)
  return most && most[1] >= fewestQuestions && 2 * most[1] > compared.length
    ? { group: most[0], questions: most[1], told: compared.length }
    : undefined
}
