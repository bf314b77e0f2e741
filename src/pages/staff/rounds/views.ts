import type { Opening } from '../../../actions/opening-thread.ts'
import type { Range } from '../../../disclosure/steps.ts'
import type { Line } from '../../../fieldwork/line.ts'
import type { TargetGroup } from '../../../questionnaire/target-groups.ts'
import type { Ceremony } from '../../../round/ceremony.ts'
import type { LanguageState } from '../../../round/languages.ts'
import type { NextStep } from '../../../round/next-step.ts'
import type { Round } from '../../../round/round.ts'
import type { SeenTablet } from '../../../tablet/tablet.ts'
import type { Check } from '../confirming.ts'
import type { EveryStaffPage, Refused } from '../staff-page.ts'
import type { countText } from '../words.ts'

/** A key on paper. */
interface Paper {
  /** Of the round. */
  id: string
  /** The key as text. */
  lines: string
  /** The same as SVG. */
  qr: string
}

interface Next {
  round: Round
  step: NextStep
  /** Whether tablets are still waited for. */
  isWaiting: boolean
}

/** What the views of `views/staff/rounds` are given. */
export interface Views {
  'staff/rounds/beginning': Refused & {
    round: Round
    isKept: boolean
    /** What should be well before it is opened. */
    checks: Check[]
    /** Municipalities that take part, and their target groups at units. */
    approved: number
    strata: number
  }
  'staff/rounds/closing': Refused & {
    round: Round
    /** Tablets that hold answers, perhaps. */
    late: SeenTablet[]
    lateHours: number
    isOpened: boolean
    isKept: boolean
    /** The last one of this process. */
    opening?: Opening
    /** What should be well before it is closed. */
    checks: Check[]
    /**
     * While it collects: how many codes were issued, how many tablets are in use, and how many addresses are kept, where the file of
     * mail can be read.
     */
    ends?: { codes: number; tablets: number; addresses?: number }
    /** How it went in the country. */
    line: Line
    countText: typeof countText
  }
  'staff/rounds/key': Refused & {
    /** Not stored yet. */
    round: Ceremony['round']
    minutes: number
    isInBrowser: boolean
    /** Whether the server has made and handed out the key. */
    isSaved: boolean
  }
  'staff/rounds/key-fields': EveryStaffPage & Pick<Refused, 'values' | 'valuesOf'> & { isKept?: boolean }
  'staff/rounds/key-words': EveryStaffPage & {
    round: { id: string }
    /** An address. */
    challenge: string
    isKept?: boolean
  }
  'staff/rounds/languages': { round: Round; states: LanguageState[]; mayChange: boolean; seen: string }
  'staff/rounds/list': {
    /** Each with the last day of its collection. */
    rounds: (Round & { lastDay: string })[]
    /** The next step of each, by its id. */
    steps: Map<string, string>
  }
  'staff/rounds/new': Refused & { targetGroups: readonly TargetGroup[] }
  'staff/rounds/next': EveryStaffPage & Next
  'staff/rounds/no-key': object
  'staff/rounds/paper': Paper
  'staff/rounds/paper-text': EveryStaffPage & Paper
  'staff/rounds/plan': Refused & { round: Round; targetGroups: readonly TargetGroup[]; seen: string }
  'staff/rounds/plan-fields': EveryStaffPage &
    Pick<Refused, 'values' | 'valuesOf'> & { targetGroups: readonly TargetGroup[]; round?: Round }
  'staff/rounds/progress': { round: Round; opening: Opening; refreshSeconds: number }
  'staff/rounds/round': Refused &
    Next & {
      /** Those of the round. */
      targetGroups: TargetGroup[]
      /** Of its collection. */
      lastDay: string
      figures: { registered: number; approved: number; strata: number; codes: number; responded: Range }
      countText: typeof countText
    }
  'staff/rounds/state': EveryStaffPage & { round: Round }
}
