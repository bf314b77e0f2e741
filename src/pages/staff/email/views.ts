import type { Language } from '../../../language/languages.ts'
import type { RejectedAddress } from '../../../mail/addresses.ts'
import type { Wording } from '../../../mail/invitation-mail.ts'
import type { Stratum } from '../../../organisation/store.ts'
import type { Phase } from '../../../round/round.ts'
import type { EveryStaffPage, Refused } from '../staff-page.ts'
import type { HowRead } from '../views.ts'
import type { EmailFigures, nextOf } from './email-figures.ts'
import type { InvitationJob } from './invitation-jobs.ts'

/** Whether mail can be sent at all, and what the round lets people do; several rounds have no phase. */
interface Sending {
  canSend: boolean
  phase?: Phase
}

/** What the views of `views/staff/email` are given. */
export interface Views {
  'staff/email/check': Refused & {
    importId: string
    stratum: Stratum
    invited: number
    /** Whether they are more than may be invited today: so many still, of so many in all. */
    isTooMany: boolean
    left: number
    mostOfDay: number
    /** Of their addresses. */
    first: string[]
    /** Their language. */
    written: Language
    /** The first of them. */
    rejected: (Omit<RejectedAddress, 'row'> & { row?: number })[]
    rejectedCount: number
    waitMinutes: number
    /** Where the list came as a file. */
    file?: HowRead & {
      name: string
      columns: { heading: string; letters: string; sheet: string | undefined; isAll: true | undefined }[]
      column: number
      /** How many of those that were rejected stand in other columns. */
      elsewhere: number
    }
  }
  'staff/email/job': Sending & { job: InvitationJob; perMinute: number; refreshSeconds?: number }
  'staff/email/list': Sending & { lines: (Stratum & EmailFigures)[]; next: ReturnType<typeof nextOf> }
  'staff/email/new': Refused &
    Sending & {
      stratum: Stratum
      offered: Language[]
      /** The most addresses of a list. */
      most: number
    }
  'staff/email/notices': EveryStaffPage & Sending
  'staff/email/preview': {
    stratum: Stratum
    mails: { wording: Wording; subject: string; text: string }[]
    /** Their language. */
    written: Language
    offered: Language[]
  }
  'staff/email/reminder': {
    stratum: Stratum
    figures: EmailFigures
    /** Its number. */
    which: number
    isPossible: boolean
  }
  'staff/email/stratum': Sending & { stratum: Stratum; figures: EmailFigures; canRemind: boolean }
}
