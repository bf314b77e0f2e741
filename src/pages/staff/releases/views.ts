import type { EndOfAnswers } from '../../../actions/destroying-store.ts'
import type { ReleasePhase, ReleaseStep } from '../../../results/phase.ts'
import type { Release } from '../../../results/release-store.ts'
import type { ShareTable } from '../../../results/share-table.ts'
import type { Round } from '../../../round/round.ts'
import type { EveryStaffPage, Refused } from '../staff-page.ts'
import type { Message } from '../views.ts'
import type { countText } from '../words.ts'

/** A step with the names of those who took it. */
export interface NamedStep extends ReleaseStep {
  proposer: string
  approver?: string
}

/** A release as its page shows it. */
export interface ShownRelease extends Omit<Release, 'steps'> {
  steps: NamedStep[]
  phase: ReleasePhase
}

/** What the views of `views/staff/releases` are given. */
export interface Views {
  'staff/message': Message
  'staff/releases/home': Refused & {
    round: Round
    release: ShownRelease
    /** The newest first. */
    numbers: number[]
    /** What waits for somebody's approval, and whether it was the reader who proposed it. */
    proposal?: NamedStep
    isOwn: boolean
    /** What was approved and comes by itself. */
    coming?: NamedStep
    /** What can be proposed next. */
    next?: 'release' | 'publish'
    shares: ShareTable
    /** How many answered in the country, where it is told. */
    responses?: number
    /** Strata without an answer, with fewer than ten, and with ten or more. */
    classes: { none: number; few: number; told: number }
    keyMark: string
    canBeCounted: boolean
    destroyed?: { day: string; decision: string }
    /** When the answers go, as long as they are there. */
    end?: EndOfAnswers
    countText: typeof countText
  }
  'staff/releases/shares': EveryStaffPage & { shares: ShareTable }
  'staff/releases/destruction': Refused & {
    round: Round
    end: EndOfAnswers
    /** How many answered in the country, where it is told. */
    responses?: number
    /** Whether a copy of the key lies on the server. */
    isKept: boolean
    /** Whether somebody can have it done today. */
    isTime: boolean
  }
  'staff/releases/withdrawal': Refused & { round: Round; release: Release; phase: ReleasePhase }
}
