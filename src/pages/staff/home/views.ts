import type { Line } from '../../../fieldwork/line.ts'
import type { Overview } from '../../../fieldwork/overview.ts'
import type { Stretch } from '../../../round/course.ts'
import type { missingText } from '../municipality-list.ts'
import type { pathAt } from '../next-step.ts'
import type { Todo } from '../todos.ts'
import type { countText, rateText } from '../words.ts'

/** What the views of `views/staff/home` are given. */
export interface Views {
  'staff/home/home': {
    /** What is to be known first, in a sentence. */
    heading: string
    /** Where the round is; absent where there is none. */
    course?: Stretch[]
    todos: Todo[]
    /** Where one stands on the five steps. */
    pathAt: ReturnType<typeof pathAt>
    /** Where there is fieldwork to follow. */
    overview?: Overview
    nation?: Line
    /** Municipalities with something to mend. */
    troubled?: Overview['municipalities']
    missingText: typeof missingText
    countText: typeof countText
    rateText: typeof rateText
  }
  'staff/home/practice': object
}
