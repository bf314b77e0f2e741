import type { Range } from '../../../disclosure/steps.ts'
import type { Language } from '../../../language/languages.ts'
import type { Stratum } from '../../../organisation/store.ts'
import type { Phase } from '../../../round/round.ts'
import type { textsOf } from '../../../web/views.ts'
import type { countText } from '../words.ts'

/** What the views of `views/staff/offer` are given. */
export interface Views {
  'staff/offer/already': { stratum: Stratum; what: 'code' | 'declined' }
  'staff/offer/code': {
    stratum: Stratum
    once: string
    /** Their language and its texts. */
    respondent: Language & ReturnType<typeof textsOf>
    /** SVG. */
    qr: string
    /** In fours. */
    code: string
    webAddress: string
  }
  'staff/offer/list': {
    strata: Stratum[]
    /** The one of the last time. */
    chosen?: Stratum
  }
  'staff/offer/stratum': {
    stratum: Stratum
    phase: Phase
    offered: Range
    declined: number
    responded: Range
    /** Those of the round. */
    languages: Language[]
    chosen: Language
    once: string
    /** What was tallied a moment ago. */
    undo?: string
    countText: typeof countText
  }
}
