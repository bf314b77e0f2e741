/** A question as it was asked of adults, of young people where that differs, and of each target group where there are more ways. */
export interface Wordings {
  adult: string
  young?: string
  each: { groups: string; text: string }[]
}

/** A link to one of several pages of a kind. */
export interface Tab {
  text: string
  href: string
  isCurrent: boolean
  /** Which language the text is in, where it is that of a language. */
  language?: string
}

/** How the answers of a target group were shared out: the bar, and what is heard of it; or why there is none. */
export interface BarRow {
  group: string
  people?: number
  /** That the number of answers is kept back. */
  unnumbered?: string
  dontKnow?: string
  bar?: { chart: string; heard: string }
  /** Empty where there is a bar. */
  why: string
}

/** Women beside men, a row for each question or target group, and a sentence on those of which it is not told. */
export interface GenderSection {
  /** Who surely answered more positively; empty where there is nothing to say. */
  finding: string
  rows: {
    question: string
    href: string
    chart: string
    women: string
    men: string
    outcome: string
    isSure: boolean
  }[]
  untold?: string
}

/** The municipalities as dots, with one of them marked. */
export interface Among {
  title: string
  /** Empty where none has a number. */
  chart: string
  sentences: string[]
  /** Why the chosen one has no dot. */
  unseen?: string
  /** How the dots are to be read, or that there are none. */
  note: string
  mean?: string
  municipalities: { code: string; name: string; isChosen: boolean }[]
  /** The address of the table that says the same. */
  table: string
}

/** A mark with what it means. */
export interface KeyLine {
  mark: string
  text: string
}

/** What the shares of a table are laid beside, in words. */
export interface Names {
  whole: string
  before?: string
}

/** One row of the table of questions, ready to be shown. */
export interface QuestionRow {
  question: string
  /** What counts as a positive answer. */
  positive: string
  /** The address of the question's own page. */
  href: string
  /** SVG, not for those who listen: the row says it all. */
  chart: string
  value: string
  /** Why there is no value, in words. */
  why?: string
  people?: number
  /** That the number of answers is kept back. */
  unnumbered?: string
  /** The nation and the year before, in the order of the columns; `value` is empty where there is none. */
  beside: { name: string; value: string; outcome: string; sign: string }[]
}

/** All questions word for word, in one of the languages of a round. */
export interface WordingPage {
  tabs: Tab[]
  /** The language in which it is read, and what its texts are marked with. */
  code: string
  name: string
  dir: 'ltr' | 'rtl'
  /** Whether it was kept when data collection was opened; what is asked now, where it was not. */
  isKept: boolean
  hash: string
  /** Texts as HTML, Swedish words in other languages marked. */
  questions: { id: string; ways: { html: string; groups: string }[]; options: string[] }[]
}
