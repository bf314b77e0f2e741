import type { Range } from './steps.ts'
import type { ToldNumbers } from './told-numbers.ts'

/** What a night writes: what is told from now on, and under the day that has ended the lines of municipalities and the nation. */
export interface Night {
  roundId: string
  day: string
  /** The day on which it is done: days after it are the work of a clock that was wrong, and go. */
  today: string
  told: ToldNumbers
  lines: { place: string; line: ToldLine }[]
}

/** What is told of a municipality or the nation. `rate` is a share from 0 to 1. */
export interface ToldLine {
  offered: Range
  responded: Range
  rate?: Range
}

/** What was told on the evening of a day. */
export interface ToldDay extends ToldLine {
  day: string
}
