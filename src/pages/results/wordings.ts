import type { Question } from '../../questionnaire/questions.ts'
import { registerOf, targetGroups } from '../../questionnaire/target-groups.ts'
import { listed } from './area.ts'
import { groupName } from './groups.ts'
import type { Wordings } from './question-view.ts'
import type { AskedPage } from './results-pages.ts'

/** A question as it was asked: of adults, of young people where that differs, and of each target group where there are more than two ways. */
export function wordingsOf({ id }: Question, words: Pick<AskedPage, 't'>): Wordings {
  const { t } = words
  const asked = new Map<string, (typeof targetGroups)[number][]>()
  for (const group of targetGroups) {
    const text = t(`questionnaire.groups.${group}.${id}`)
    asked.set(text, [...(asked.get(text) ?? []), group])
  }
  const textFor = (register: string) =>
    t(`questionnaire.groups.${targetGroups.find((group) => registerOf(group) === register)!}.${id}`)
  const [adult, young] = [textFor('adult'), textFor('young')]
  const each = [...asked].map(([text, groups]) => ({
    text,
    groups: listed(
      groups.map((group) => groupName(group, words)),
      t,
    ),
  }))
  return { adult, ...(young === adult ? {} : { young }), each: each.length > 2 ? each : [] }
}
