import { qualityQuestions } from '../questionnaire/questions.ts'
import { targetGroups } from '../questionnaire/target-groups.ts'
import type { BriefRule } from './brief-rule.ts'
import { extremesOf } from './extremes.ts'
import { groupHighest } from './group-highest.ts'
import type { GroupOrTotal } from './indicator.ts'
import { type Beside, type ShareLine, shareLines } from './share-lines.ts'

const questionsOf = (lines: readonly ShareLine[]) => ({ questions: lines.map(({ question }) => question) })

/** The best and the weakest question of some lines, where all of them are told as numbers: of others nobody knows which they are. */
function extremes(lines: readonly ShareLine[]) {
  if (lines.some(({ share }) => share?.status !== 'shown')) return undefined
  const { highest, lowest } = extremesOf(lines)
  if (!highest[0] || !lowest[0]) return undefined
  return {
    ...{ best: questionsOf(highest), weakest: questionsOf(lowest) },
    ...{ high: { percent: highest[0].share!.value! }, low: { percent: lowest[0].share!.value! } },
  }
}

/** Question by question: the best and the weakest, beside the nation and the year before, by target group, women and men. */
export const questionRules: Record<string, BriefRule> = {
  extremes({ lines }) {
    const values = extremes(lines)
    return values && { key: 'extremes', values }
  },

  againstNation({ lines, nation }) {
    if (!nation) return undefined
    const compared = lines.filter(({ whole }) => whole.outcome !== undefined)
    const [higher, lower] = (['higher', 'lower'] as const).map((outcome) => ({
      outcome,
      found: compared.filter(({ whole }) => whole.outcome === outcome),
    })) as [Side, Side]
    const said = [higher, lower].filter(({ found }) => found.length > 0)
    if (said.length === 0)
      return compared.length === qualityQuestions.length ? { key: 'againstNation.none', values: {} } : undefined
    return said.map(({ outcome, found }) => ({
      key: `againstNation.${outcome}`,
      values: { questions: questionsOf(found) },
    }))
  },

  changedMost({ lines }) {
    if (lines.some(({ share, before }) => share?.status !== 'shown' || before.share?.status !== 'shown'))
      return undefined
    const changed = lines
      .map((line) => ({ line, by: line.share!.value! - line.before.share!.value! }))
      .sort((one, other) => Math.abs(other.by) - Math.abs(one.by))
    const [{ line, by }, second] = changed as [Change, Change]
    if (Math.abs(second.by) === Math.abs(by) || !isSure(line.before)) return undefined
    return {
      key: `changedMost.${by > 0 ? 'risen' : 'fallen'}`,
      values: {
        questions: questionsOf([line]),
        before: { percent: line.before.share!.value! },
        percent: { percent: line.share!.value! },
      },
    }
  },

  groupExtremes({ own }) {
    return targetGroups.flatMap((group: GroupOrTotal) => {
      const values = extremes(shareLines({ own, targetGroup: group }))
      return values ? [{ key: 'groupExtremes', values: { ...values, group: { group } } }] : []
    })
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

  womenMen({ own }) {
    return targetGroups.flatMap((group: GroupOrTotal) =>
      signs.flatMap(({ key, sign }) => {
        const questions = own
          .filter((one) => one.measure === 'women-men' && one.targetGroup === group && one.value === sign)
          .map(({ question }) => question)
        return questions.length > 0 ? [{ key, values: { group: { group }, questions: { questions } } }] : []
      }),
    )
  },
}

/** Who surely answered more positively, as the indicators have it. */
const signs = [
  { key: 'womenMen.women', sign: 1 },
  { key: 'womenMen.men', sign: -1 },
]

interface Change {
  line: ShareLine
  by: number
}

const isSure = ({ outcome }: Beside) => outcome === 'higher' || outcome === 'lower'

interface Side {
  outcome: 'higher' | 'lower'
  found: ShareLine[]
}
