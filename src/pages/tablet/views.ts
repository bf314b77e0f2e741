import type { Language } from '../../language/languages.ts'
import type { ToldByOperator } from '../../notice/operator.ts'
import type { QuestionSteps } from '../../questionnaire/steps.ts'
import type { Register, TargetGroup } from '../../questionnaire/target-groups.ts'
import type { EveryPage } from '../../web/views.ts'

/** What the views of the tablet are given: `views/tablet`. */
export interface Views {
  'tablet/notice': EveryPage & ToldByOperator & { register: Register }
  'tablet/session': { groups: { group: TargetGroup; register: Register; steps: QuestionSteps }[]; total: number }
  'tablet/shell': { closed: { language: Language; text: string }[] }
  'tablet/staff': { groups: readonly TargetGroup[] }
}
