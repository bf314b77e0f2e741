import type { Session } from '../../../people/session.ts'
import type { Refused } from '../staff-page.ts'

/** What the views of `views/staff/account` are given. */
export interface Views {
  'staff/account/account': Refused & {
    /** Tries of others, or of one's own. */
    failed: number
    /** How many are left. */
    recoveryCodes: number
    needsFactor: boolean
    deeds: { at: string; text: string; subject: string; isOwn: boolean }[]
    /** How long deeds are kept. */
    months: number
    sessions: (Omit<Session, 'tag'> & { id: string; isThis: boolean })[]
    /** Of a password. */
    length: { min: number }
  }
}
