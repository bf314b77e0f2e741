/** What a cell holds: text, a share in whole per cent or a number of people; `null` where there is nothing. */
export type FileCell = string | { percent: number } | { people: number } | null

/** A table as every kind of file has it: each row is as long as its head. */
export interface FileTable {
  head: string[]
  rows: FileCell[][]
}

/** Shares side by side, for a chart that can be changed: `null` where one is not told. */
export interface FileChart {
  labels: string[]
  series: { name: string; percents: (number | null)[] }[]
}

/** One target group, or whatever else stands on a sheet of its own. */
export interface FileSection {
  /** Short, for a tab. */
  name: string
  heading: string
  /** What is seen in it, in sentences. */
  findings: string[]
  table: FileTable
  /** What stands below the table. */
  notes: string[]
  chart?: FileChart
}

/** A word and what it means, or a fact and its name. */
export interface FileFact {
  name: string
  text: string
}

/** All that files of figures hold, in the words of their language. Whatever kind of file is made, it is made from this. */
export interface FigureReport {
  /** `sv` or `en`. */
  lang: string
  title: string
  subtitle: string
  /** That figures are made up, or not published. */
  warnings: string[]
  /** Where the figures come from, and how they may be used. */
  about: FileFact[]
  aboutHeading: string
  /** What stands above the findings of all sections, where they stand together. */
  findingsHeading: string
  sections: FileSection[]
  /** What the figures mean, and the signs that stand instead of some. */
  meanings: FileFact[]
  meaningsHeading: string
  /** "Page", for the foot of a printed one. */
  page: string
  /** Every figure in a row of its own, with the ids of the codebook: the first row is the head. */
  rows: (string | number | null)[][]
}

/** The kinds of file. */
export const fileKinds = ['xlsx', 'pdf', 'pptx', 'csv', 'rfc.csv'] as const

export type FileKind = (typeof fileKinds)[number]

/** What the thread of a file is given. */
export interface FileWork {
  kind: 'xlsx' | 'pptx'
  report: FigureReport
}
