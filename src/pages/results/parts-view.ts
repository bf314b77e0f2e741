import type { TextBlock } from '../../own-texts/own-text.ts'

/** A sentence of what the figures say: a text under `results.findings`, and what is put into it. */
export interface Sentence {
  text: string
}

/** A figure in large digits with what it is of, and why it is kept back where it is. */
export interface LargeFigure {
  value: string
  text: string
  why?: string
}

/** The marks of a key, as SVG. */
export type Marks = Record<'own' | 'dot' | 'whole' | 'before' | 'women' | 'men', string>

/** A word of the codebook: its id and what it means. */
export interface CodebookEntry {
  id: string
  text: string
}

/** A share year by year: its chart, what is said of it, and its table. */
export interface YearSection {
  finding: string
  chart: string
  /** What changed between years, so that they are not the same on both sides. */
  breaks: { text: string }[]
  /** What the years are of. */
  caption: string
  /** The newest first. */
  rows: YearRow[]
  /** What the nation's column is called; absent where the nation's are the years. */
  nation?: string
  /** Whether of some years it is not known of how many people they are. */
  hasUncounted: boolean
}

export interface YearRow {
  year: number
  value: string
  why?: string
  /** "71–85". */
  interval?: string
  people?: number
  nation?: string
  /** In percentage points, with its sign, since the latest year before that has a value. */
  change?: string
}

/** What goes together with overall satisfaction, in the group of which most is known. */
export interface PrioritySection {
  finding: string
  group: string
  chart: string
  order: { question: string; value: string; tau: string }[]
}

/** In which languages people answered, the most common first. */
export interface LanguageSection {
  finding: string
  rows: { language: string; people: number; share: string }[]
}

/** A text that was written by people, as it is shown: plain text in paragraphs and lists. */
export interface OwnWords {
  language: { code: string; dir: string; name: string }
  blocks: TextBlock[]
  saidBy: string
  /** Who wrote it, and when it was published. */
  by: string
  /** Whether a correction has changed figures of the area since. */
  isBeforeCorrection: boolean
}

/** What was written of an area: in the language of the page where it was, else in Swedish, or the first there is; and in which others. */
export interface AreaWords {
  brief?: OwnWords
  quotation?: OwnWords
  next?: OwnWords & { others: OwnWords[] }
}

/** The year in brief of an area. */
export interface BriefPage {
  name: string
  up: { href: string; text: string }
  words: AreaWords
  /** Where its own texts are written, for those who write them. */
  write?: string
  paragraphs: string[]
  /** How their sentences were found. */
  sentences: { text: string; found: string }[]
}

/** An indicator of the sheet: the share of a year, beside earlier years, the nation, and municipalities that are alike. Empty where nothing is told. */
export interface KkikRow {
  question: string
  href: string
  /** What it is called in the indicator database. */
  kpi: string
  /** Whether it stands first, for it is what the sheet is for. */
  isFirst: boolean
  chart: string
  value: string
  why?: string
  people?: number
  years: { year: number; value: string }[]
  whole: string
  similar: string
  quarter?: { mark: string; text: string }
}

/** The sheet for "Kommunens kvalitet i korthet". */
export interface KkikPage {
  name: string
  up: { href: string; text: string }
  names: { own: string; whole: string }
  rows: KkikRow[]
  years: number[]
  findings: Sentence[]
  figures: LargeFigure[]
  /** Which municipalities are like it; absent where there is no mean of them. */
  similar?: string
  axis: string
  defs: string
  marks: Marks
}

/** What the charts of a page are drawn with: the head of their columns, what stands before the names of a key, and what they share. */
export interface Charted {
  axis: string
  marks: Marks
  defs: string
}

/** What the page about the figures is given. */
export interface AboutPage {
  /** The numbers that the rules are told with. */
  numbers: Record<string, number>
  history: { number: number; lines: { text: string }[] }[]
  coverage: { text: string }[]
  groups: { name: string; responses: string; offered: string; rate: string }[]
  channels: string
  questions: (CodebookEntry & { positive: string; options: string })[]
  codebook: { name: string; entries: CodebookEntry[] }[]
}
