import { qualityQuestions } from '../questionnaire/questions.ts'
import { targetGroups } from '../questionnaire/target-groups.ts'
import { comparisonWithWhole, outcomesOf } from './comparison.ts'
import type { GroupOrTotal, Indicator } from './indicator.ts'
import { proportionOf, shareIn } from './share-lines.ts'

/** A question on which a target group stands out, with its share and that beside which it does, in whole per cent. */
interface Outstanding {
  group: GroupOrTotal
  question: string
  percent: number
  whole: number
}

/** Of many thousands of answers a difference of one per cent is sure: from so many per cents of all on, a group stands out. */
const fewestPoints = 5

/**
 * Of each target group the question on which it stands out most: five per cents of all or more above or below, and surely so, judged among
 * all groups and questions. A municipality's group is laid beside the same group in the nation, one of the nation beside all groups together.
 * Two of a group that stand out as far: the one that is asked first.
 */
export function groupsThatStandOut(own: readonly Indicator[], nation?: readonly Indicator[]): Outstanding[] {
  const compared = targetGroups.flatMap((group) =>
    qualityQuestions.flatMap(({ id }) => {
      const share = shareIn(own, group, id)
      const whole = nation ? shareIn(nation, group, id) : shareIn(own, 'total', id)
      const [mine, all] = [share, whole].map(proportionOf)
      const comparison = mine && all && all.people > mine.people && comparisonWithWhole(mine, all)
      return comparison ? [{ group, question: id, percent: share!.value!, whole: whole!.value!, ...comparison }] : []
    }),
  )
  const outcomes = outcomesOf(compared)
  const by = ({ percent, whole }: Outstanding) => Math.abs(percent - whole)
  const sure = compared.filter((one, at) => outcomes[at] !== 'no-sure-difference' && by(one) >= fewestPoints)
  return targetGroups.flatMap((group) => {
    const [most] = sure.filter((one) => one.group === group).sort((one, other) => by(other) - by(one))
    return most ? [{ group, question: most.question, percent: most.percent, whole: most.whole }] : []
  })
}
