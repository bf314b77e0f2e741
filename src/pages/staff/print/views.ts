import type { Language } from '../../../language/languages.ts'
import type { Stratum } from '../../../organisation/store.ts'
import type { PrintJob } from '../../../print/print-jobs.ts'
import type { PrintsView } from '../print-list.ts'
import type { EveryStaffPage, Refused } from '../staff-page.ts'

/** The field for the number of a target group, called so that what was typed is shown with its group where it waited. */
export const numberAt = ({ unitId, targetGroup }: Stratum) => `number.${unitId}.${targetGroup}`

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
  'staff/print/kinds': EveryStaffPage & { chosen: 'slips' | 'letters' | 'file' }
  'staff/print/new': Refused & {
    kind: 'slips' | 'letters'
    strata: Stratum[]
    numberAt: typeof numberAt
    isClosed: boolean
    once: string
    mostPrinted: number
    languages: Language[]
  }
  'staff/print/already': object
  'staff/print/job': { job: PrintJob; keptMinutes: number; refreshSeconds?: number }
}
