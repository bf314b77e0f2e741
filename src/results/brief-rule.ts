import type { GroupOrTotal, Indicator } from './indicator.ts'
import type { ShareLine } from './share-lines.ts'

/** What is put into a sentence: a number, a share in whole per cent, questions or a target group, which are named in the reader's language. */
export type BriefValue = number | { percent: number } | { questions: readonly string[] } | { group: GroupOrTotal }

/** A sentence of a brief: its text by key, under the rule that made it. */
export interface BriefSentence {
  rule: string
  key: string
  values: Record<string, BriefValue | undefined>
}

/** All that a brief is written from: what is told of an area, of the nation that it is part of, and of the year before. */
export interface BriefGround {
  own: readonly Indicator[]
  /** How many municipalities took part, where the area is the nation. */
  municipalities?: number
  /** Left out where the area is the nation. */
  nation?: readonly Indicator[]
  /** Left out where nothing is told of it. */
  before?: readonly Indicator[]
}

/** The same with the seven questions of all target groups together, judged among each other. */
export interface BriefFacts extends BriefGround {
  lines: readonly ShareLine[]
}

/** A rule writes a sentence, some, or none where it cannot be told or would not be true. */
export type BriefRule = (facts: BriefFacts) => Omit<BriefSentence, 'rule'> | Omit<BriefSentence, 'rule'>[] | undefined
