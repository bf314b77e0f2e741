import { qualityQuestions } from '../../questionnaire/questions.ts'
import { groupsAndTotal, levels, measures } from '../../results/indicator.ts'
import type { CodebookEntry } from './parts-view.ts'
import type { AskedPage } from './results-pages.ts'

/** How a figure is told, or why it is not. */
const statuses = ['shown', 'at-least-90', 'at-most-10', 'few', 'protected', 'nobody', 'not-surveyed'] as const

/** The seven questions with the ids of their options, and what counts as positive. */
export function codebookQuestions({ t }: Pick<AskedPage, 't'>) {
  return qualityQuestions.map(({ id, options }) => ({
    id,
    text: t(`results.questions.${id}`),
    positive: t(`results.positive.${id}`),
    options: options.join(', '),
  }))
}

/** The ids that stand in the figures, by kind, each with what it means. */
export function codebook({ t }: Pick<AskedPage, 't'>): { name: string; entries: CodebookEntry[] }[] {
  const kinds = {
    levels: levels.map((id) => ({ id, text: t(`results.about.levels.${id}`) })),
    groups: groupsAndTotal.map((id) => ({ id, text: t(`results.groups.${id}`) })),
    measures: measures.map((id) => ({ id, text: t(`results.about.measures.${id}`) })),
    statuses: statuses.map((id) => ({ id, text: t(`results.about.statuses.${id}`) })),
  }
  return Object.entries(kinds).map(([kind, entries]) => ({ name: t(`results.about.kinds.${kind}`), entries }))
}
