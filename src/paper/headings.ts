import { questions } from '../questionnaire/questions.ts'
import { targetGroups } from '../questionnaire/target-groups.ts'
import type { ImportField } from './import-rows.ts'

/** What people call a column; the questions also by their numbers. */
const usual: Record<ImportField, string[]> = {
  contact: ['contact', 'kontakt', 'fråga 1', 'f1', 'q1', '1', 'tillgänglighet'],
  information: ['information', 'fråga 2', 'f2', 'q2', '2'],
  understanding: ['understanding', 'förståelse', 'bemötande', 'fråga 3', 'f3', 'q3', '3'],
  views: ['views', 'synpunkter', 'delaktighet', 'fråga 4', 'f4', 'q4', '4'],
  influence: ['influence', 'påverka', 'inflytande', 'fråga 5', 'f5', 'q5', '5'],
  situation: ['situation', 'förändring', 'fråga 6', 'f6', 'q6', '6'],
  overall: ['overall', 'helhet', 'nöjd', 'fråga 7', 'f7', 'q7', '7'],
  gender: ['gender', 'kön', 'fråga 8', 'f8', 'q8', '8'],
  unit: ['unit', 'enhet', 'avdelning'],
  group: ['group', 'målgrupp', 'target group'],
  code: ['code', 'kod', 'enkätkod'],
}

export const fields = Object.keys(usual) as ImportField[]

/**
 * The words that a column's heading may begin with: the usual ones, those of our own pages, and each question as it is asked of
 * anybody, for a tool of their own often has the whole question as its heading.
 * @param texts the texts of a key, in every language that is guessed from
 */
export function headings(texts: (key: string) => string[]): Record<ImportField, string[]> {
  const asked = new Set<string>(questions.map(({ id }) => id))
  const own = (field: ImportField) =>
    asked.has(field)
      ? [`staff.paper.questions.${field}`, ...targetGroups.map((group) => `questionnaire.groups.${group}.${field}`)]
      : [`staff.paper.fields.${field}`]
  return Object.fromEntries(fields.map((field) => [field, [...usual[field], ...own(field).flatMap(texts)]])) as Record<
    ImportField,
    string[]
  >
}
