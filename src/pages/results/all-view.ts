import type { KeyLine } from './question-view.ts'

/** A share in the table of all municipalities; `heard` where the number does not say it. */
export interface AllCell {
  value: string
  heard?: string
  /** In which quarter it stands. */
  quarter?: KeyLine
}

export interface AllRow {
  name: string
  href: string
  people?: number
  /** Why there is no number of answers, in a word. */
  unanswered?: string
  rate?: string
  /** Why there is no response rate, in a word. */
  unrated?: string
  isLow?: boolean
  chart: string
  cell: AllCell
  others: AllCell[]
}

/** Which rows of how many are shown, counted from 1, and the addresses of the others. */
export interface AllPages {
  first: number
  last: number
  total: number
  before?: string
  after?: string
  all: string
}

/** What can be chosen in a field. */
export interface QueryChoice {
  value: string
  text: string
  isChosen: boolean
}

/** The head of a column by which a table is sorted. */
export interface SortHead {
  text: string
  href: string
  sorted?: 'ascending' | 'descending'
}

/** All municipalities in one table, and what was chosen above it. */
export interface AllPage {
  name: string
  total: number
  found: number
  question: string
  group: string
  choices: Record<'question' | 'group' | 'county', QueryChoice[]>
  heads: Record<'name' | 'value' | 'people', SortHead>
  others: { name: string; href: string }[]
  everything: string
  rows: AllRow[]
  /** Absent where all are shown. */
  pages?: AllPages
  key: KeyLine[]
  mean?: { value: string; count: number }
  counties: { name: string; href: string; value: string; count: number }[]
  axis: string
  defs: string
}
