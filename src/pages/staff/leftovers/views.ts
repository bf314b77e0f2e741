import type { UnusedLine } from '../../../invitation/batch.ts'
import type { Batch } from '../../../invitation/stock-store.ts'
import type { ListingOf } from '../listing.ts'
import type { PrintRow } from '../print-list.ts'
import type { EveryStaffPage, Refused } from '../staff-page.ts'
import type { countingList, leftoverAt } from './counting.ts'

/** Lines that could not be used; those whose code a program has eaten are named. */
interface Unused {
  unused: UnusedLine[]
  eaten: { count: number; rows: string }
}

/** What the views of `views/staff/leftovers` are given. */
export interface Views {
  'staff/leftovers/counting': Refused & {
    back: string | undefined
    /** Those that nobody has counted yet. */
    list: ListingOf<typeof countingList, PrintRow>
    leftoverAt: typeof leftoverAt
    /** Whether there are any prints at all. */
    hasPrints: boolean
    isOver: boolean
  }
  'staff/leftovers/batch': Refused & { batch: Batch; isOver: boolean; back: string | undefined }
  'staff/leftovers/confirm': Unused & { counts: { batch: Batch; number: number }[] }
  'staff/leftovers/scanning': EveryStaffPage
  'staff/leftovers/undeliverable': Pick<Unused, 'eaten'> & {
    report: { added: number; before: number; unused: UnusedLine[] }
  }
  'staff/leftovers/unused': EveryStaffPage & Unused
}
