import type { Line } from '../../../fieldwork/line.ts'
import type { Language } from '../../../language/languages.ts'
import type { Stratum } from '../../../organisation/store.ts'
import type { Phase } from '../../../round/round.ts'
import type { textsOf } from '../../../web/views.ts'
import type { EveryStaffPage } from '../staff-page.ts'
import type { Todo } from '../todos.ts'
import type { countText, rateText } from '../words.ts'
import type { TallyName } from './tallies.ts'

interface Offered {
  chosen?: Stratum
  others: Stratum[]
  /** Absent where there is no round. */
  phase?: Phase
  /** Those of the round, ours first. */
  languages: Language[]
  /** What can be counted, the commonest first. */
  tallies: TallyName[]
  /** With the target group's id behind it, the number of a form. */
  once: string
  /** What the units are searched for, where there are many. */
  search: string
  hasSearch: boolean
}

/** What the views of `views/staff/offer` are given. */
export interface Views {
  'staff/offer/already': { stratum: Stratum; what: 'code' | 'declined' }
  'staff/offer/code': {
    stratum: Stratum
    once: string
    /** The language it was asked for in. */
    respondent: Language
    /** All languages of the round with their texts: one of them is shown. */
    spoken: (Language & ReturnType<typeof textsOf>)[]
    /** SVG. */
    qr: string
    /** In fours. */
    code: string
    webAddress: string
  }
  'staff/offer/offer': Offered & {
    /** What else waits. */
    todos: Todo[]
    /** Those at a host's places that are in use. */
    tablets: { name: string; seen?: string; isSilent: boolean }[]
    /** How it goes at the unit, or without one at all of somebody's units; and in the whole country. */
    line?: Line
    unit?: string
    nation?: Line
    countText: typeof countText
    rateText: typeof rateText
  }
  'staff/offer/others': EveryStaffPage & Offered
}
