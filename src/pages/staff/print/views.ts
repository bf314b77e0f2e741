import type { Language } from '../../../language/languages.ts'
import type { Stratum } from '../../../organisation/store.ts'
import type { PrintJob } from '../../../print/print-jobs.ts'
import type { PrintsView } from '../print-list.ts'
import type { Refused } from '../staff-page.ts'

/** What the views of `views/staff/print` are given. */
export interface Views extends PrintsView {
  'staff/print/one': Refused & {
    strata: Stratum[]
    isClosed: boolean
    once: string
    /** The most codes of one batch on paper. */
    mostPrinted: number
    /** Those of the round. */
    languages: Language[]
  }
  'staff/print/already': object
  'staff/print/job': { job: PrintJob; keptMinutes: number; refreshSeconds?: number }
}
