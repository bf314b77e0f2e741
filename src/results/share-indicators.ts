import type { Figure } from '../disclosure/cells.ts'
import { tellDistribution } from '../disclosure/told-distribution.ts'
import { groupBy } from '../fieldwork/group-by.ts'
import type { Question } from '../questionnaire/questions.ts'
import { roundedQuotient, wholePercent } from '../statistics/rounding.ts'
import { sum } from '../statistics/sum.ts'
import { changeSplit, type Distribution, distributionOf, opinionsOf, partsOf, shareDontKnow } from './distribution.ts'
import { distributionsThatLeaveEnough } from './distributions-told.ts'
import type { Indicator } from './indicator.ts'
import type { Sets } from './sets.ts'
import type { Count } from './tally.ts'

/**
 * All that is told of one question: its share positive, and of thirty answers or more how they were shared out.
 * @param told its shares, as far as they are told
 */
export function shareIndicators(
  question: Question,
  counts: readonly Count[],
  { sets, told }: { sets: Sets; told: readonly Figure[] },
): Indicator[] {
  const own = counts.filter((count) => count.question === question.id)
  const byStratum = groupBy(own, ({ stratumId }) => stratumId)
  const isSharedOut = distributionsThatLeaveEnough(told, sets)
  return told.flatMap((figure) => {
    const { percent, ...indicator } = figure
    const share: Indicator = { ...indicator, measure: 'positive', question: question.id, part: '', value: percent }
    if (!isSharedOut(figure)) return [share]
    const its = sets(indicator).flatMap((stratumId) => byStratum.get(stratumId) ?? [])
    return [share, ...answerIndicators(share, question, distributionOf(question, its))]
  })
}

/** How the answers that a share is of were shared out, as far as that is told; nothing of fewer than thirty. */
function answerIndicators(share: Indicator, question: Question, distribution: Distribution): Indicator[] {
  const told = tellDistribution(partsOf(distribution), question.positive)
  if (!told) return []
  const { people } = opinionsOf(question, distribution)
  const { positive: _, ...key } = share
  return [
    ...told.map(({ options, number }) => ({
      ...{ ...key, measure: 'option' as const, part: options.join('+') },
      value: wholePercent(number, people),
    })),
    { ...key, measure: 'dont-know', value: roundedQuotient(100 * shareDontKnow(distribution)!, 1), people: undefined },
    ...(question.id === 'situation'
      ? changeIndicators(
          key,
          question,
          distribution,
          told.map(({ options }) => options),
        )
      : []),
  ]
}

/** Better, as before and worse, where the distribution keeps each of the three apart. */
function changeIndicators(
  key: Indicator,
  situation: Question,
  distribution: Distribution,
  told: string[][],
): Indicator[] {
  if (!told.some((options) => options.length === 1 && options[0] === 'no_change')) return []
  const split = changeSplit(situation, distribution)
  const people = sum(Object.values(split))
  return Object.entries(split).map(([part, number]) => ({
    ...{ ...key, measure: 'change', part },
    value: wholePercent(number, people),
  }))
}
