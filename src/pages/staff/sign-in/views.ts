import type { Account } from '../../../people/rows-store.ts'
import type { KeptForm } from '../kept-forms.ts'
import type { Refused } from '../staff-page.ts'
import type { TypedField } from '../typed-fields.ts'

/** Of a password. */
interface Length {
  length: { min: number }
}

/** What the views of `views/staff/sign-in` are given. */
export interface Views {
  'staff/sign-in/forgotten': Refused & { canMail: boolean; isSent?: boolean }
  'staff/sign-in/invited': Refused & Length & { account: Account }
  'staff/sign-in/kept': { id: string; form: KeptForm; shown: TypedField[] }
  'staff/sign-in/recovery-codes': { codes: string[] }
  'staff/sign-in/second-factor': Refused & { next: string }
  'staff/sign-in/second-factor-set-up': Refused & {
    /** SVG. */
    qr: string
    secret: string
    sealed: string
    isRequired: boolean
    asksPassword: boolean
  }
  'staff/sign-in/set-up': Refused & Length
  'staff/sign-in/sign-in': Refused & {
    next: string
    /** What was sent when a session was over. */
    over?: 'page' | 'form' | 'kept' | 'file'
  }
}
