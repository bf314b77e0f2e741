import { qualityQuestions } from '../questionnaire/questions.ts'
import type { BriefRule, BriefShare } from './brief-rule.ts'
import { type Beside, participationIn, type ShareLine } from './share-lines.ts'
import { questionsOf, sureExtremes } from './sure-extremes.ts'

/** They have sentences of their own. */
const saidElsewhere = ['overall', 'situation']

/** Where fewer answered in one of two years, a difference of ten per cents of all is mostly chance: the other year's share is not said then. */
const fewestAnswers = 100

/** Question by question: how many answered positively, the best and the weakest, beside the nation and the year before. */
export const questionRules: Record<string, BriefRule> = {
  extremes({ lines, own }) {
    const values = sureExtremes(lines, own)
    return values && { key: 'extremes', values }
  },

  /** What is told of questions of which the sentence before says nothing. */
  shares({ lines, own, before = [] }) {
    const isOfMany = [own, before].every(
      (told) => (participationIn(told, 'total').responses?.people ?? 0) >= fewestAnswers,
    )
    const { best, weakest } = sureExtremes(lines, own) ?? {}
    const said = [...saidElsewhere, ...(best?.questions ?? []), ...(weakest?.questions ?? [])]
    const shares = lines.flatMap((line) => (said.includes(line.question) ? [] : shareSaid(line, isOfMany)))
    return shares.length > 0 ? { key: 'shares', values: { shares: { shares } } } : undefined
  },

  /** What differs surely, among all comparisons with the nation and the year before; that nothing does, where all seven could be compared. */
  againstNation({ lines, nation }) {
    if (!nation) return undefined
    const compared = lines.filter(({ whole }) => whole.outcome !== undefined)
    if (!compared.some(({ whole }) => isSure(whole)))
      return compared.length === qualityQuestions.length ? { key: 'againstNation.none', values: {} } : undefined
    return (['higher', 'lower'] as const).flatMap((outcome) => {
      const found = compared.filter(({ question, whole }) => question !== 'overall' && whole.outcome === outcome)
      return found.length > 0 ? [{ key: `againstNation.${outcome}`, values: { questions: questionsOf(found) } }] : []
    })
  },

  /** Where all seven are told both years: the one that changed most, where that is sure; that none did, where none surely has. */
  changedMost({ lines }) {
    if (lines.some(({ share, before }) => share?.status !== 'shown' || before.share?.status !== 'shown'))
      return undefined
    const changed = lines
      .map((line) => ({ line, by: line.share!.value! - line.before.share!.value! }))
      .sort((one, other) => Math.abs(other.by) - Math.abs(one.by))
    if (lines.every(({ before }) => before.outcome === 'no-sure-difference'))
      return { key: 'changedMost.none', values: {} }
    const [{ line, by }, second] = changed as [Change, Change]
    if (Math.abs(second.by) === Math.abs(by) || !isSure(line.before)) return undefined
    return {
      key: `changedMost.${by > 0 ? 'risen' : 'fallen'}`,
      values: {
        questions: questionsOf([line]),
        before: line.before.share!.value!,
        percent: { percent: line.share!.value! },
      },
    }
  },

  reworded({ breaks, before }) {
    const questions = breaks?.reworded ?? []
    return before && questions.length > 0 ? { key: 'reworded', values: { questions: { questions } } } : undefined
  },
}

function shareSaid({ question, share, before }: ShareLine, isOfMany: boolean): BriefShare[] {
  if (share?.status === 'at-least-90') return [{ question, percent: 90, told: share.status }]
  if (share?.status === 'at-most-10') return [{ question, percent: 10, told: share.status }]
  if (share?.status !== 'shown') return []
  const isUntested = isOfMany && before.outcome === undefined && before.share?.status === 'shown'
  return [{ question, percent: share.value!, before: isUntested ? before.share!.value : undefined }]
}

interface Change {
  line: ShareLine
  by: number
}

const isSure = ({ outcome }: Beside) => outcome === 'higher' || outcome === 'lower'
