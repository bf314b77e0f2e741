import { qualityQuestions } from '../questionnaire/questions.ts'
import { type GroupOrTotal, groupsAndTotal, type Indicator } from './indicator.ts'
import { participationIn, shareIn } from './share-lines.ts'

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
  const rows = qualityQuestions.map(({ id }) => ({
    question: id,
    cells: groups.map((group) => shareIn(shares, group, id)),
  }))
  return { groups, rows }
}

/** How many answered, of the nation's indicators; `undefined` where that is not told. */
export function toldResponses(nation: readonly Indicator[]): number | undefined {
  const { responses } = participationIn(nation, 'total')
  return responses?.status === 'nobody' ? 0 : responses?.people
}
