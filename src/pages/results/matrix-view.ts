/** A share in a matrix. `name` is what its column is called; `sign` and `outcome` are empty where nothing differs surely. */
export interface ShareCell {
  name: string
  /** SVG, not for those who listen. */
  chart: string
  value: string
  why?: string
  people?: number
  /** That the number of answers is kept back. */
  unnumbered?: string
  /** The share of an earlier year: "2024: 71 %". */
  before?: string
  sign: string
  outcome: string
}

/** The head of a column of a comparison. `responses` says how many answered, or why that is not told; absent of a mean. */
export interface ComparedColumn {
  name: string
  /** Whether the others are laid against it. */
  isFirst: boolean
  isMean: boolean
  responses?: string
  rate?: string
  isLow: boolean
}

/** A question in a comparison. */
export interface ComparedRow {
  question: string
  positive: string
  href: string
  nation?: string
  cells: (ShareCell & Pick<ComparedColumn, 'isFirst' | 'isMean'>)[]
}

/** A unit in a target group, or all of the group. `responses` and `rate` are texts. */
export interface UnitLine {
  name: string
  isWhole: boolean
  /** Whether the unit has its target group alone, so that it is compared with nothing. */
  isAll: boolean
  responses: string
  rate?: string
  /** In place of the cells, where nothing of it is told: the hatched field, and why. */
  withheld?: { chart: string; text: string }
  cells: ShareCell[]
}

/** Which groups are missing where, and the groups that all have, with the address of that comparison. */
export interface GroupWarning {
  texts: { text: string }[]
  links: { name: string; href: string }[]
}

/** Up to six municipalities side by side, and what they were chosen by. */
export interface ComparePage {
  choice: {
    municipalities: { code: string; name: string; without: string }[]
    county?: string
    peers?: string
    before?: number
    group: string
    mayAdd: boolean
  }
  municipalities: { code: string; name: string }[]
  counties: { code: string; name: string }[]
  peers: { code: string; name: string }[]
  /** Those that can be laid beside, the newest first. */
  years: number[]
  groups: { code: string; name: string }[]
  /** The number of an old release that is read. */
  release?: string
  problems: { text: string }[]
  heading: string
  differences: { text: string }[]
  columns: ComparedColumn[]
  rows: ComparedRow[]
  caption: string
  warning?: GroupWarning
  defs: string
}
