import { qualityQuestions } from '../questionnaire/questions.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { type Proportion, pooled } from '../statistics/proportion.ts'
import { wholePercent } from '../statistics/rounding.ts'
import { statusOf, tellsTooMuch } from './disclosure.ts'
import { distributionOf, opinionsOf } from './distribution.ts'
import type { Count } from './tally.ts'

/**
 * Why a share is told, or is not. `few`: fewer than ten people. `protected`: it would tell what is kept back elsewhere.
 * `at-least-90` and `at-most-10`: of fewer than thirty people, where the share itself would nearly say what each of them answered.
 */
export type ShareStatus = 'shown' | 'few' | 'protected' | 'at-least-90' | 'at-most-10'

/** One share positive, or why it is not told. */
export interface Share {
  targetGroup: TargetGroup | 'total'
  question: string
  status: ShareStatus
  /** Fraction from 0 to 1, and whole per cent, half away from zero; only where `shown`. */
  positive?: number
  percent?: number
  /** Persons who answered the question and did not say "don't know"; absent where `few` or `protected`. */
  respondents?: number
}

/**
 * Share positive of a question = positive answers / answers, "don't know" left out of the denominator
 * (definition of the public indicator catalogue, Kolada). Per target group and for all of them pooled.
 * A total is told only where it leaves open what its groups keep back, and beside no group that is hidden.
 * @param idle groups in which nobody can have answered, as staff know it: no code was made, nor a tablet or a form of paper
 */
export function sharesPositive(
  counts: Count[],
  groupOf: Map<string, TargetGroup>,
  groups: readonly TargetGroup[],
  idle: ReadonlySet<TargetGroup> = new Set(),
): Share[] {
  const within = new Map(
    groups.map((group) => [group, counts.filter((count) => groupOf.get(count.stratumId) === group)]),
  )
  const cells = qualityQuestions.map((question) =>
    groups.map((group) => opinionsOf(question, distributionOf(question, within.get(group)!))),
  )
  const ofGroups = groups.flatMap((targetGroup, nth) =>
    qualityQuestions.map(({ id }, row) => share(targetGroup, id, cells[row]![nth]!)),
  )
  const totals = qualityQuestions.map(({ id }, row) => {
    const busy = cells[row]!.filter((_, nth) => !idle.has(groups[nth]!))
    const total = pooled(busy)
    if (!tellsTooMuch(busy, total)) return share('total', id, total)
    return { targetGroup: 'total' as const, question: id, status: 'protected' as const }
  })
  return [...ofGroups, ...totals]
}

function share(targetGroup: Share['targetGroup'], question: string, cell: Proportion): Share {
  const status = statusOf(cell)
  const { people: respondents, positive } = cell
  if (status === 'few') return { targetGroup, question, status }
  if (status !== 'shown') return { targetGroup, question, status, respondents }
  const percent = wholePercent(positive, respondents)
  return { targetGroup, question, status, positive: positive / respondents, percent, respondents }
}
