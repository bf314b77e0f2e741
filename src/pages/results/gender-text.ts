import { smallestUnanimous } from '../../disclosure/thresholds.ts'
import type { GroupOrTotal, Indicator } from '../../results/indicator.ts'
import { participationIn } from '../../results/share-lines.ts'
import { whyText } from './area.ts'
import type { AskedPage } from './results-pages.ts'

/** In words how many of those who answered are women, or why that is not told; nothing where nobody answered. */
export function genderText(
  own: readonly Indicator[],
  group: GroupOrTotal,
  { t }: Pick<AskedPage, 't'>,
): string | undefined {
  const found = own.find(({ measure, targetGroup }) => measure === 'gender' && targetGroup === group)
  if (found) return t(`results.gender.${found.part}`)
  const { responses } = participationIn(own, group)
  if (!responses || responses.status === 'nobody') return undefined
  const why = whyText(responses, { t }) ?? t('results.gender.unstated', { fewest: smallestUnanimous })
  return t('results.gender.untold', { why })
}
