import { createHash } from 'node:crypto'
import { defaultLanguage, type Language, type Languages } from '../language/languages.ts'
import { type QuestionId, questions } from '../questionnaire/questions.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { languagesOf } from './languages.ts'
import type { Round } from './round.ts'

/** A question in the words in which each target group is asked it, and those of its options in their order. */
export interface AskedQuestion {
  id: QuestionId
  asked: Partial<Record<TargetGroup, string>>
  options: string[]
}

/** What people are asked in a language, word for word. */
export interface AskedWords {
  language: string
  /** SHA-256 of the questions as JSON, in hexadecimal digits. */
  hash: string
  questions: AskedQuestion[]
}

/** What a round asks as the texts are now, in each of its languages. */
export const askedWords = (languages: Languages, round: Pick<Round, 'languages' | 'targetGroups'>): AskedWords[] =>
  languagesOf(languages, round).all.map((language) => {
    const asked = questions.map((question) => askedQuestion(question, { languages, language, round }))
    return {
      language: language.code,
      hash: createHash('sha256').update(JSON.stringify(asked)).digest('hex'),
      questions: asked,
    }
  })

interface Asking {
  languages: Languages
  language: Language
  round: Pick<Round, 'targetGroups'>
}

function askedQuestion(
  { id, scale, options }: (typeof questions)[number],
  { languages, language, round }: Asking,
): AskedQuestion {
  const text = (key: string) => languages.text(language, `questionnaire.${key}`)
  return {
    id,
    asked: Object.fromEntries([...round.targetGroups].sort().map((group) => [group, text(`groups.${group}.${id}`)])),
    options: options.map((option) => text(`options.${scale}.${option}`)),
  }
}

/**
 * The questions that were put in other words in one round than in another, to a target group that both asked: figures of the two are not
 * one series. It is the words in Swedish that count, which the others are translated from; none where those of a round are not known.
 */
export function rewordedQuestions(one: readonly AskedWords[], other: readonly AskedWords[]): QuestionId[] {
  const [its, others] = [one, other].map((words) => words.find(({ language }) => language === defaultLanguage))
  if (!its || !others) return []
  return its.questions
    .filter((question) =>
      isReworded(
        question,
        others.questions.find(({ id }) => id === question.id),
      ),
    )
    .map(({ id }) => id)
}

function isReworded({ asked, options }: AskedQuestion, other: AskedQuestion | undefined): boolean {
  if (!other || options.join('\n') !== other.options.join('\n')) return true
  return Object.entries(asked).some(([group, text]) => (other.asked[group as TargetGroup] ?? text) !== text)
}
