import type { Language } from '../../../language/languages.ts'
import type { Stratum } from '../../../organisation/store.ts'
import type { ImportField } from '../../../paper/import-rows.ts'
import type { Meaning } from '../../../paper/import-values.ts'
import type { Bundle, HandedOut } from '../../../paper/store.ts'
import type { Question } from '../../../questionnaire/questions.ts'
import type { TargetGroup } from '../../../questionnaire/target-groups.ts'
import type { ColumnMapping } from '../../../table/columns.ts'
import type { RejectedRow } from '../../../table/report.ts'
import type { Listing } from '../listing.ts'
import type { EveryStaffPage, Refused } from '../staff-page.ts'
import type { HowRead } from '../views.ts'
import type { fieldAt, Tallied } from './tallying.ts'
import type { FormTicket } from './ticket.ts'

/** A bundle, how many forms it lacks, and how often a second entry differed. */
interface Counted {
  bundle: Bundle
  left: number
  rate?: string
}

interface Columns {
  columns: { at: number; heading: string; letters: string; example?: string }[]
  guessed: ColumnMapping<ImportField>
}

/** What the views of `views/staff/paper` are given. */
export interface Views {
  'staff/paper/bundle': Counted & { spoken: Language[] }
  'staff/paper/check': Refused & {
    /** The address of the import. */
    at: string
    name: string
    forms: number
    blank: number
    total: number
    wasImported: boolean
    /** The first of them. */
    rejected: RejectedRow[]
    rejectedCount: number
    /** Codes that a program has eaten. */
    eaten: { count: number; rows: string }
  }
  'staff/paper/column': EveryStaffPage & Pick<Refused, 'values'> & Columns & { field: ImportField; label: string }
  'staff/paper/columns': Refused &
    Columns &
    HowRead & {
      /** The address of the import. */
      at: string
      name: string
      count: number
      fields: ImportField[]
      spoken: Language[]
      strata: Stratum[]
    }
  'staff/paper/count': Refused & { bundle: Bundle; reasons: readonly string[] }
  'staff/paper/ending': EveryStaffPage & Pick<Counted, 'bundle' | 'left'>
  'staff/paper/entry': Refused &
    Counted & {
      questions: readonly Question[]
      /** Their names in the form. */
      fields: string[]
      ticket: FormTicket
      sealed: string
      action: 'first-entry' | 'forms'
      formLanguage: Language
      count: number
      canUndo: boolean
      /** The indexes of the questions that two entries differ in. */
      differing?: number[]
      /** The number of a form. */
      saved?: number
      undone?: number
    }
  'staff/paper/import': Refused & { limit: number; isGone?: boolean }
  'staff/paper/imported': { forms: number; blank: number; rejected: number }
  'staff/paper/language': EveryStaffPage & { spoken: Language[]; label?: string; hint?: string }
  'staff/paper/print': { groups: TargetGroup[]; spoken: Language[] }
  'staff/paper/rate': EveryStaffPage & Pick<Counted, 'bundle' | 'rate'>
  'staff/paper/register': Refused & {
    strata: (HandedOut & { registered: number })[]
    /** Bundles that are not done. */
    open: Bundle[]
    entered: number
    blank: number
    handedOut: number
    imported?: { files: number; forms: number }
    spoken: Language[]
    /** Of the bundle that is begun. */
    id: string
  }
  'staff/paper/tabs': EveryStaffPage & { at: 'register' | 'tally' | 'print' }
  'staff/paper/tally': Refused & {
    /** Those that are looked for, and those with a number typed. */
    list: Listing<HandedOut>
    kinds: Tallied[]
    fieldAt: typeof fieldAt
    /** What was added a moment ago. */
    undo?: Record<Tallied, number> & { action: string }
    once: string
  }
  'staff/paper/values': {
    /** The address of the import. */
    at: string
    shown: { question: Question; values: { value: string; count: number; meaning: Meaning }[]; empty: number }[]
  }
}
