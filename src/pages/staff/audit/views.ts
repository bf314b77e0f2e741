import type { AuditEntry } from '../../../audit/store.ts'
import type { Refused } from '../staff-page.ts'

/** What the views of `views/staff/audit` are given. */
export interface Views {
  'staff/audit/list': Pick<Refused, 'typed'> & {
    entries: AuditEntry[]
    deeds: string[]
    /** The key of a deed's text. */
    deedText: (deed: string) => string
    municipalities: { code: string; name: string }[]
    /** What was asked for. */
    exportQuery: string
    /** What leads to older entries, where there are any. */
    nextQuery?: string
  }
}
