import { roundedQuotient } from '../statistics/rounding.ts'
import type { BriefFacts, BriefRule } from './brief-rule.ts'
import { comparisonOf, comparisonWithWhole, outcomesOf } from './comparison.ts'
import { participationIn, proportionOf, shareIn } from './share-lines.ts'

/** From so many per cents of all a sure difference is more than a slight one. */
const clearPoints = 5

/** Two shares are about the same where they differ by no more per cents of all than this... */
const nearPoints = 2

/** ...and differ in truth, at 95 %, by less than this part of all: few answers say that of nothing. */
const nearAtMost = 0.1

/** How satisfied people are on the whole, and whether that has changed. */
export const overallRules: Record<string, BriefRule> = {
  /** "Nine in ten" only where the share lies within one per cent of it, and its interval nearer to it than to eight and to ten. */
  overall({ lines }) {
    const line = lines.find(({ question }) => question === 'overall')
    if (!line?.share) return undefined
    const { share, interval } = line
    if (share.status === 'at-least-90' || share.status === 'at-most-10')
      return { key: `overall.${share.status}`, values: {} }
    if (share.status !== 'shown') return undefined
    const percent = share.value!
    const tenths = Math.round(percent / 10)
    const isNear = Math.abs(percent - 10 * tenths) <= 1
    const isSure = interval && interval.low > 10 * tenths - 5 && interval.high < 10 * tenths + 5
    return isNear && isSure && tenths > 0 && tenths < 10
      ? { key: 'overall.tenths', values: { tenths, percent: { percent } } }
      : { key: 'overall.percent', values: { percent: { percent } } }
  },

  /** That it has risen or fallen only where that is sure; of a year of which no numbers are known, only what it was. */
  overallBefore(facts) {
    const found = beforeOf(facts, 'overall')
    if (!found) return undefined
    const isEqual = found.now === found.then
    const key = `overallBefore.${isEqual ? 'equal' : (found.outcome ?? 'untested')}`
    return { key, values: { before: { percent: found.then } } }
  },

  /** Beside the nation: "slightly" is a sure difference of less than five points; "about the same" needs answers enough to tell. */
  overallNation({ lines }) {
    const { share, whole } = lines.find(({ question }) => question === 'overall') ?? {}
    if (!share || !whole?.outcome) return undefined
    const points = Math.abs(share.value! - whole.share!.value!)
    const values = { nation: { percent: whole.share!.value! } }
    if (whole.outcome !== 'no-sure-difference') {
      const size = points < clearPoints ? 'slightly' : 'clearly'
      return { key: `overallNation.${size}.${whole.outcome}`, values }
    }
    const { interval } = comparisonWithWhole(proportionOf(share)!, proportionOf(whole.share)!)!
    const isSame = points <= nearPoints && interval.low > -nearAtMost && interval.high < nearAtMost
    return { key: `overallNation.${isSame ? 'same' : points === 0 ? 'equal' : 'unsure'}`, values }
  },

  situation({ own }) {
    const share = shareIn(own, 'total', 'situation')
    if (share?.status !== 'shown') return undefined
    const parts = own.filter(({ measure, targetGroup }) => measure === 'change' && targetGroup === 'total')
    const [better, unchanged, worse] = ['better', 'unchanged', 'worse'].map(
      (part) => parts.find((one) => one.part === part)?.value,
    )
    if (better === undefined || unchanged === undefined || worse === undefined)
      return { key: 'situation.better', values: { better: { percent: share.value! } } }
    return {
      key: 'situation.each',
      values: { better: { percent: better }, unchanged: { percent: unchanged }, worse: { percent: worse } },
    }
  },

  /** Whether that has surely changed; of a year of which no numbers are known, what it was. */
  situationBefore(facts) {
    const found = beforeOf(facts, 'situation')
    if (!found || found.outcome === 'no-sure-difference') return undefined
    return { key: `situationBefore.${found.outcome ?? 'untested'}`, values: { before: { percent: found.then } } }
  },
}

/**
 * A share this year and the year before, and how they differ. Of a year that was imported it is not known how many answered the question, but they
 * are no more than all who answered: where even so many make no sure difference, there is none.
 */
function beforeOf({ lines, before: last = [] }: BriefFacts, question: string) {
  const { share, before } = lines.find((line) => line.question === question) ?? {}
  if (share?.status !== 'shown' || before?.share?.status !== 'shown') return undefined
  const [now, then] = [share.value!, before.share.value!]
  const own = proportionOf(share)
  const people = participationIn(last, 'total').responses?.people
  if (before.outcome || !own || people === undefined) return { now, then, outcome: before.outcome }
  const [atMost] = outcomesOf([comparisonOf(own, { people, positive: roundedQuotient(people * then, 100) })!])
  return { now, then, outcome: atMost === 'no-sure-difference' ? atMost : undefined }
}
