import type { Share } from './shares.ts'

/** Shares as a table: a row for each question, a cell for each group in the order of `groups`. */
export interface ShareTable {
  groups: Share['targetGroup'][]
  rows: { question: string; cells: Share[] }[]
}

export function shareTable(shares: Share[]): ShareTable {
  const groups = [...new Set(shares.map(({ targetGroup }) => targetGroup))]
  const questions = [...new Set(shares.map(({ question }) => question))]
  const rows = questions.map((question) => ({
    question,
    cells: groups.map((group) => shares.find((share) => share.targetGroup === group && share.question === question)!),
  }))
  return { groups, rows }
}
