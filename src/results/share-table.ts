import { qualityQuestions } from '../questionnaire/questions.ts'
import { type GroupOrTotal, groupsAndTotal, type Indicator } from './indicator.ts'

/** The shares of one area as a table: a row for each question, a cell for each target group in the order of `groups`, the total last. */
export interface ShareTable {
  groups: GroupOrTotal[]
  rows: { question: string; cells: (Indicator | undefined)[] }[]
}

/** @param indicators of one area, whatever they say: its shares of women and men together are taken */
export function shareTable(indicators: readonly Indicator[]): ShareTable {
  const shares = indicators.filter(({ measure, gender }) => measure === 'positive' && gender === 'all')
  const groups = [...groupsAndTotal.slice(1), groupsAndTotal[0]].filter((group) =>
    shares.some(({ targetGroup }) => targetGroup === group),
  )
  const cell = (question: string, group: GroupOrTotal) =>
    shares.find((share) => share.targetGroup === group && share.question === question)
  const rows = qualityQuestions.map(({ id }) => ({ question: id, cells: groups.map((group) => cell(id, group)) }))
  return { groups, rows }
}

/** How many answered, of the nation's indicators; `undefined` where that is not told. */
export function toldResponses(nation: readonly Indicator[]): number | undefined {
  const all = nation.find(({ measure, targetGroup }) => measure === 'responses' && targetGroup === 'total')
  return all?.status === 'nobody' ? 0 : all?.people
}
