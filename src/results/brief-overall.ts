import type { BriefRule } from './brief-rule.ts'
import { extremesOf } from './extremes.ts'
import { groupLines, shareIn } from './share-lines.ts'

/** How satisfied people are on the whole, and whether that has changed. */
export const overallRules: Record<string, BriefRule> = {
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

  overallBefore({ lines }) {
    const { before } = lines.find(({ question }) => question === 'overall') ?? {}
    if (!before?.outcome) return undefined
    return { key: `overallBefore.${before.outcome}`, values: { before: { percent: before.share!.value! } } }
  },

  overallGroups({ own }) {
    const [, ...all] = groupLines({ own, question: 'overall' })
    const groups = all.filter(({ share }) => share !== undefined)
    if (groups.length < 2 || groups.some(({ share }) => share?.status !== 'shown')) return undefined
    const { highest, lowest } = extremesOf(groups, 2)
    if (highest.length !== 1 || !lowest[0]) return undefined
    const [first] = highest
    return {
      key: 'overallGroups',
      values: {
        ...{ low: { percent: lowest[0].share!.value! }, high: { percent: first!.share!.value! } },
        group: { group: first!.targetGroup },
      },
    }
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
}
