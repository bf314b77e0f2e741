import { groupBy } from '../fieldwork/group-by.ts'
import { qualityQuestions } from '../questionnaire/questions.ts'
import { targetGroups } from '../questionnaire/target-groups.ts'
import type { BriefRule } from './brief-rule.ts'
import { extremesOf } from './extremes.ts'
import { groupHighest } from './group-highest.ts'
import type { GroupOrTotal } from './indicator.ts'
import { groupsThatStandOut } from './outstanding-groups.ts'
import { groupLines, proportionOf, shareLines } from './share-lines.ts'
import { sureExtremes } from './sure-extremes.ts'
import { surelyApart } from './surely-apart.ts'

/** Target group by target group, and women and men in each. */
export const groupRules: Record<string, BriefRule> = {
  /**
   * Between which shares the groups lie. One is called the highest where it is surely above each other one; two are said to differ where the
   * highest is surely above the lowest; that none differs is said where all could be compared. All pairs of groups are judged together.
   */
  overallGroups({ own }) {
    const groups = groupLines({ own, question: 'overall' }).filter(
      ({ targetGroup, share }) => targetGroup !== 'total' && share !== undefined,
    )
    if (groups.length < 2 || groups.some(({ share }) => share?.status !== 'shown')) return undefined
    const percents = groups.map(({ share }) => share!.value!)
    const ends = { low: Math.min(...percents), high: { percent: Math.max(...percents) } }
    if (ends.low === ends.high.percent) return undefined
    const { highest, lowest } = extremesOf(groups, 2)
    const isApart = surelyApart([groups])
    const [first, last] = [highest, lowest].map(([only, ...others]) => (others.length === 0 ? only : undefined))
    if (first && groups.every((group) => group === first || isApart(first, group)))
      return { key: 'overallGroups.highest', values: { ...ends, group: { group: first.targetGroup } } }
    if (first && last && isApart(first, last)) {
      const between = { group: { group: first.targetGroup }, other: { group: last.targetGroup } }
      return { key: 'overallGroups.between', values: { ...ends, low: { percent: ends.low }, ...between } }
    }
    const isNone =
      groups.every(({ share }) => proportionOf(share)) &&
      groups.every((one) => groups.every((other) => !isApart(one, other)))
    return { key: `overallGroups.${isNone ? 'none' : 'span'}`, values: ends }
  },

  highestGroup({ own }) {
    const found = groupHighest(own)
    return (
      found && {
        key: `highestGroup.${found.told === qualityQuestions.length ? 'all' : 'some'}`,
        values: { group: { group: found.group }, count: found.questions, all: found.told },
      }
    )
  },

  standsOut({ own, nation }) {
    return groupsThatStandOut(own, nation).map(({ group, question, percent, whole }) => ({
      key: `standsOut.${nation ? 'nation' : 'groups'}`,
      values: {
        ...{ group: { group }, positive: { positive: question } },
        ...{ percent: { percent }, whole: { percent: whole } },
      },
    }))
  },

  /** Of groups that have another best or weakest question than all together; those that have the same are named together. */
  groupExtremes({ own, lines }) {
    const all = sureExtremes(lines, own)
    const found = targetGroups.flatMap((group) => {
      const values = sureExtremes(shareLines({ own, targetGroup: group }), own)
      return values && which(values) !== which(all) ? [{ group, values }] : []
    })
    return [...groupBy(found, ({ values }) => which(values)).values()].map((alike) => {
      const [{ group, values }, ...others] = alike as [(typeof found)[number]]
      if (others.length === 0) return { key: 'groupExtremes.one', values: { ...values, group: { group } } }
      const { best, weakest } = values
      return { key: 'groupExtremes.some', values: { best, weakest, groups: { groups: alike.map((one) => one.group) } } }
    })
  },

  /** What indicators call sure, among all questions of a group. */
  womenMen({ own }) {
    return targetGroups.flatMap((group: GroupOrTotal) =>
      signs.flatMap(({ who, sign }) => {
        const questions = own
          .filter((one) => one.measure === 'women-men' && one.targetGroup === group && one.value === sign)
          .map(({ question }) => question)
        const key = `womenMen.${who[isYoung(group) ? 1 : 0]}`
        return questions.length > 0 ? [{ key, values: { group: { group }, questions: { questions } } }] : []
      }),
    )
  },

  /** That young people are other people than the year before, where there are some of whom that matters. */
  regrouped({ own, before, breaks }) {
    const isOfYoung = before && own.some(({ targetGroup }) => targetGroup === 'youth')
    return isOfYoung && breaks?.regrouped ? { key: `regrouped.${breaks.regrouped}`, values: {} } : undefined
  },
}

const which = (found: ReturnType<typeof sureExtremes>) => String([found?.best.questions, found?.weakest.questions])

const signs = [
  { who: ['women', 'girls'], sign: 1 },
  { who: ['men', 'boys'], sign: -1 },
] as const

const isYoung = (group: GroupOrTotal) => group === 'youth' || group === 'unaccompanied'
