import { isExact, type Range } from '../../disclosure/steps.ts'
import { fewestForRate } from '../../disclosure/thresholds.ts'
import type { ChannelLine } from '../../fieldwork/adding-up.ts'
import type { Line } from '../../fieldwork/line.ts'

/** The texts and number formats of a reader's language. */
export interface Words {
  t: (key: string, values?: Record<string, string | number>) => string
  number: (value: number) => string
  percent: (share: number) => string
}

/** A number as far as it is told: `538`, `5–9`, `under 5`. */
export function countText(range: Range, { t, number }: Words): string {
  const { low, high } = range
  if (isExact(range)) return number(low)
  return low === 0 ? t('staff.fieldwork.under', { number: number(high + 1) }) : `${number(low)}–${number(high)}`
}

/** How many answered by a channel, where that is told. */
export const channelText = ({ responded }: Pick<ChannelLine, 'responded'>, words: Words): string =>
  responded ? countText(responded, words) : words.t('staff.fieldwork.notApart')

/** A rate as far as it is told: `48 %`, `44–51 %`; or why there is none. */
export function rateText(
  { offered, responded, rate }: Pick<Line, 'offered' | 'responded' | 'rate'>,
  words: Words,
): string {
  const { t, percent } = words
  if (rate) {
    const [low, high] = [percent(rate.low), percent(rate.high)]
    return low === high ? low : `${low.replace(/\s*%/, '')}–${high}`
  }
  if (offered.high === 0 && responded.high === 0) return t('staff.fieldwork.nobodyOffered')
  if (responded.low > offered.high) return t('staff.fieldwork.tallyMissing')
  return t(responded.low < fewestForRate ? 'staff.fieldwork.tooFew' : 'staff.fieldwork.tooWide')
}
