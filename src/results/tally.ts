import type { Answers } from '../questionnaire/answers.ts'
import { dontKnow, type Question, qualityQuestions, questions } from '../questionnaire/questions.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'

/** `none` is everybody who skipped the question of gender. */
export type GenderCell = 'woman' | 'man' | 'other' | 'none'

/** How many persons chose an option: one cell of the finest table that is kept. Zero cells are left out. */
export interface Count {
  stratumId: string
  gender: GenderCell
  question: string
  option: string
  number: number
}

/** Adds a response to the counts of its stratum, in the cell of its gender. */
export function makeTally() {
  const cells = new Map<string, number>()
  const responses = new Map<string, number>()
  return {
    add(stratumId: string, answers: Answers) {
      responses.set(stratumId, (responses.get(stratumId) ?? 0) + 1)
      const gender = answers.gender ?? 'none'
      for (const { id } of questions) {
        const option = answers[id]
        if (option === undefined) continue
        const key = [stratumId, gender, id, option].join(' ')
        cells.set(key, (cells.get(key) ?? 0) + 1)
      }
    },
    /** How many persons of each stratum answered at least one question. */
    responses: (): Map<string, number> => new Map(responses),
    /** The cells in the order of their names, which tells nothing of the order of arrival. */
    counts: (): Count[] =>
      [...cells]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, number]) => {
          const [stratumId, gender, question, option] = key.split(' ') as [string, GenderCell, string, string]
          return { stratumId, gender, question, option, number }
        }),
  }
}

/** Cells of fewer respondents than this are not shown to anybody. The public indicator catalogue marks them `..`. */
export const smallestShown = 10

/** One share positive, or why it is not shown. */
export interface Share {
  targetGroup: TargetGroup | 'total'
  question: string
  /** Fraction from 0 to 1; absent where the cell is suppressed or nobody had an opinion. */
  positive?: number
  /** Persons who answered the question and did not say "don't know"; absent where suppressed. */
  respondents?: number
  suppressed: boolean
}

/**
 * Share positive of a question = positive answers / answers, "don't know" left out of the denominator
 * (definition of the public indicator catalogue, Kolada). Per target group and for all of them pooled.
 * The total is withheld too where total less the groups shown would be fewer than ten people.
 */
export function sharesPositive(
  counts: Count[],
  groupOf: Map<string, TargetGroup>,
  groups: readonly TargetGroup[],
): Share[] {
  const within = (group: TargetGroup) => counts.filter(({ stratumId }) => groupOf.get(stratumId) === group)
  const ofGroups = groups.flatMap((group) => qualityQuestions.map((question) => share(group, question, within(group))))
  const totals = qualityQuestions.map((question) => {
    const total = share('total', question, counts)
    const shown = ofGroups.filter((part) => part.question === question.id && !part.suppressed)
    const rest = (total.respondents ?? 0) - shown.reduce((sum, { respondents }) => sum + respondents!, 0)
    return rest > 0 && rest < smallestShown
      ? { targetGroup: total.targetGroup, question: question.id, suppressed: true }
      : total
  })
  return [...ofGroups, ...totals]
}

function share(targetGroup: Share['targetGroup'], question: Question, counts: Count[]): Share {
  const answered = counts.filter((count) => count.question === question.id && count.option !== dontKnow)
  const respondents = sum(answered)
  if (respondents < smallestShown) return { targetGroup, question: question.id, suppressed: true }

  const positive = sum(answered.filter(({ option }) => question.positive.has(option))) / respondents
  return { targetGroup, question: question.id, positive, respondents, suppressed: false }
}

function sum(counts: Count[]): number {
  return counts.reduce((total, { number }) => total + number, 0)
}
