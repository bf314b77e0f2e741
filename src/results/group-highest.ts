import { qualityQuestions } from '../questionnaire/questions.ts'
import { extremesOf } from './extremes.ts'
import type { GroupOrTotal, Indicator } from './indicator.ts'
import { groupLines } from './share-lines.ts'

/** The target group that is highest on most questions, on how many, and on how many it is known which is. */
export interface GroupHighest {
  group: GroupOrTotal
  questions: number
  told: number
}

/** On a single question there is nothing to count. */
const fewestQuestions = 2

/**
 * Of an area: the one group that is highest on more than half of the questions of which it is known which is, and on two of them at least;
 * `undefined` where none is. It is not known of a question where the share of any group that answered is kept back.
 */
export function groupHighest(own: readonly Indicator[]): GroupHighest | undefined {
  const highest = qualityQuestions.flatMap(({ id }) => {
    const [, ...groups] = groupLines({ own, question: id })
    const found = extremesOf(groups, 2).highest
    return found.length > 0 ? [found] : []
  })
  const times = new Map<GroupOrTotal, number>()
  for (const [only, ...others] of highest)
    if (only && others.length === 0) times.set(only.targetGroup, (times.get(only.targetGroup) ?? 0) + 1)
  const [most] = [...times].sort(([, one], [, other]) => other - one)
  return most && most[1] >= fewestQuestions && 2 * most[1] > highest.length
    ? { group: most[0], questions: most[1], told: highest.length }
    : undefined
}
