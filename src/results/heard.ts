import { qualityQuestions } from '../questionnaire/questions.ts'
import type { BriefGround } from './brief-rule.ts'
import { extremesOf } from './extremes.ts'
import { participationIn, type ShareLine, shareLines } from './share-lines.ts'
import { sureExtremes } from './sure-extremes.ts'
import { type ToldTenths, toldTenths } from './told-tenths.ts'

/** A sentence for those who answered: how many of ten people say what of a question. */
export interface HeardSentence extends ToldTenths {
  question: string
  /** What is surely so of it, or known, beside the nation, the year before and the other questions. */
  notes: HeardNote[]
}

type HeardNote = 'nation.higher' | 'nation.lower' | 'before.higher' | 'before.lower' | 'highest' | 'lowest'

/** What those who answered are told that was heard. */
interface Heard {
  /** How many people answered; `undefined` where that is not told. */
  people?: number
  sentences: HeardSentence[]
  /** Why there is no sentence. */
  why?: 'few' | 'protected'
}

/** What was heard in a year. */
export interface RoundHeard extends Heard {
  year: number
}

/** More than five sentences are not read by whoever finds reading hard. */
const mostSentences = 5

/** Of so many of them there is a picture. */
export const mostPictures = 3

/**
 * What was heard, in five sentences at the most, from what is told alone: the question with the best answers and that with the weakest, where it is
 * known which they are, overall satisfaction, the question that has surely changed most since the year before, change since the contact
 * began, and then the others as they are asked. No question comes twice, and one that cannot be told of does not come.
 * How many it is is said of those who answered, which is known; that it is more or fewer than elsewhere or before, or the best or weakest, only
 * where that is sure.
 */
export function heardOf({ own, nation: whole, before }: BriefGround): Heard {
  const lines = shareLines({ own, whole, before, targetGroup: 'total' })
  const { highest, lowest } = knownExtremes(lines)
  const named = sureExtremes(lines, own) ? { highest, lowest } : {}
  const lineOf = (id: string) => lines.find(({ question }) => question === id)
  const inOrder = [highest, lowest, lineOf('overall'), changedMost(lines), lineOf('situation'), ...lines]
  const sentences = [...new Set(inOrder)].flatMap((line) => {
    const told = toldTenths(line?.share)
    return line && told ? [{ ...told, question: line.question, notes: notesOf(line, named) }] : []
  })
  const { responses } = participationIn(own, 'total')
  const isFew = responses === undefined || responses.status === 'few' || responses.status === 'nobody'
  return {
    ...{ people: responses?.people, sentences: sentences.slice(0, mostSentences) },
    why: sentences.length > 0 ? undefined : isFew ? 'few' : 'protected',
  }
}

type Extremes = Partial<Record<'highest' | 'lowest', ShareLine>>

/** One question that is above all seven, and one that is below them; not where one of the seven is kept back, which nobody knows of. */
function knownExtremes(lines: readonly ShareLine[]): Extremes {
  const { told, highest, lowest } = extremesOf(lines)
  if (told < qualityQuestions.length) return {}
  const alone = (found: readonly ShareLine[]) => (found.length === 1 ? found[0] : undefined)
  return { highest: alone(highest), lowest: alone(lowest) }
}

/** The question that has surely changed, and by most. */
function changedMost(lines: readonly ShareLine[]): ShareLine | undefined {
  const changeOf = ({ share, before }: ShareLine) => Math.abs(share!.value! - before.share!.value!)
  const changed = lines.filter(({ before: { outcome } }) => outcome === 'higher' || outcome === 'lower')
  return changed.sort((one, other) => changeOf(other) - changeOf(one))[0]
}

/** A question that has a place of its own is said to have it only where nothing surer is said. */
function notesOf(line: ShareLine, { highest, lowest }: Extremes): HeardNote[] {
  const sure: HeardNote[] = []
  for (const beside of ['nation', 'before'] as const) {
    const { outcome } = beside === 'nation' ? line.whole : line.before
    if (outcome === 'higher' || outcome === 'lower') sure.push(`${beside}.${outcome}`)
  }
  if (sure.length > 0) return sure
  if (line === highest) return ['highest']
  return line === lowest ? ['lowest'] : []
}
