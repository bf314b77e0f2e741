import type { GroupOrTotal, Indicator } from '../../results/indicator.ts'
import { percentOf } from '../../results/mean-indicators.ts'
import { participationIn, shareIn } from '../../results/share-lines.ts'
import { shareText, whyText } from './area.ts'
import type { LargeFigure } from './parts-view.ts'
import type { AskedPage } from './results-pages.ts'

type Words = Pick<AskedPage, 't' | 'frame'>

/**
 * How satisfied people are, how many answered and the rate in large digits. What is kept back stands there with its reason; what nobody
 * answered, or was asked, does not.
 */
export const largeFigures = (own: readonly Indicator[], group: GroupOrTotal, words: Words): LargeFigure[] => [
  ...overallFigure(shareIn(own, group, 'overall'), words),
  ...participationFigures(own, group, words),
]

function overallFigure(overall: Indicator | undefined, words: Words): LargeFigure[] {
  const text = words.t('results.large.overall')
  if (!overall) return []
  return percentOf(overall) === undefined
    ? withheld(overall, text, words)
    : [{ value: shareText(overall, words), text }]
}

/** How many answered, and which part of those who were offered the survey. */
export function participationFigures(own: readonly Indicator[], group: GroupOrTotal, words: Words): LargeFigure[] {
  const { t, frame } = words
  const { responses, offered, rate } = participationIn(own, group)
  const count = new Intl.NumberFormat(t('results.intl'))
  const number =
    responses?.people === undefined
      ? withheld(responses, t('results.large.responses'), words)
      : [{ value: count.format(responses.people), text: t('results.large.responses') }]
  if (rate?.value === undefined) return [...number, ...withheld(rate ?? responses, t('results.large.rate'), words)]
  const text =
    rate.part === 'at-most'
      ? t('results.large.rateAtMost')
      : offered?.people === undefined
        ? t('results.large.rate')
        : t('results.large.rateOf', { offered: count.format(offered.people) })
  return [...number, { value: frame.percent(rate.value), text }]
}

/** A figure that is kept back, with why; nothing of one that is not there. */
function withheld(indicator: Indicator | undefined, text: string, words: Words): LargeFigure[] {
  if (indicator?.status !== 'few' && indicator?.status !== 'protected') return []
  return [{ value: words.t(`results.status.${indicator.status}`), text, why: whyText(indicator, words) }]
}
