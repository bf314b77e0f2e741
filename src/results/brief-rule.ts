import type { GroupOrTotal, Indicator } from './indicator.ts'
import type { ShareLine } from './share-lines.ts'

/** Of how many in a hundred something is so; `told` where only that is known of it. */
export interface BriefShare {
  question: string
  percent: number
  told?: 'at-least-90' | 'at-most-10'
  /** How many they were the year before, where nobody can tell whether they surely differ. */
  before?: number
}

/**
 * What is put into a sentence: a number, a share in whole per cent, what questions are about, target groups, and what people say who answer a
 * question positively, with or without how many they are. All of them are named in the reader's language.
 */
export type BriefValue =
  | number
  | { percent: number }
  | { questions: readonly string[] }
  | { group: GroupOrTotal }
  | { groups: readonly GroupOrTotal[] }
  | { positive: string }
  | { shares: readonly BriefShare[] }

/** What the paragraphs of a brief are about, in their order. */
export type BriefPart = 'participation' | 'overall' | 'questions' | 'groups'

/** A sentence of a brief: its text by key, under the rule that made it. */
export interface BriefSentence {
  part: BriefPart
  rule: string
  key: string
  values: Record<string, BriefValue | undefined>
}

/** Why this year and the one before are not the same. */
export interface BriefBreaks {
  /** What was asked in other words. */
  reworded?: readonly string[]
  /** That unaccompanied young people now count as young people, or no longer do. */
  regrouped?: 'joined' | 'apart'
}

/** All that a brief is written from: what is told of an area, of the nation that it is part of, and of the year before. */
export interface BriefGround {
  own: readonly Indicator[]
  /** How many municipalities took part, where the area is the nation. */
  municipalities?: number
  /** Left out where the area is the nation. */
  nation?: readonly Indicator[]
  /** Left out where nothing is told of it; without what cannot be compared with this year. */
  before?: readonly Indicator[]
  breaks?: BriefBreaks
}

/** The same with the seven questions of all target groups together, judged among each other. */
export interface BriefFacts extends BriefGround {
  lines: readonly ShareLine[]
}

type Said = Omit<BriefSentence, 'rule' | 'part'>

/** A rule writes a sentence, some, or none where it cannot be told or would not be true. */
export type BriefRule = (facts: BriefFacts) => Said | Said[] | undefined
