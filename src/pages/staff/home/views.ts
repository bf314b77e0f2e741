import type { Line } from '../../../fieldwork/line.ts'
import type { Overview } from '../../../fieldwork/overview.ts'
import type { EveryStaffPage } from '../staff-page.ts'
import type { countText, rateText } from '../words.ts'
import type { pathAt, Step } from './next-step.ts'

/** What the views of `views/staff/home` are given. */
export interface Views {
  'staff/home/home': {
    next: Step
    others: Step[]
    /** Where one stands on the five steps. */
    pathAt: ReturnType<typeof pathAt>
    /** Where there is fieldwork to follow. */
    overview?: Overview
    nation?: Line
    /** Municipalities with something to mend. */
    troubled?: Overview['municipalities']
    countText: typeof countText
    rateText: typeof rateText
  }
  'staff/home/step': EveryStaffPage & { step: Step; isMain: boolean }
}
