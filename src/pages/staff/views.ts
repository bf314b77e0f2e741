import type { Range } from '../../disclosure/steps.ts'
import type { Stretch } from '../../round/course.ts'
import type { howRead } from '../../table/how-read.ts'
import type { Check, ConfirmView } from './confirming.ts'
import type { KeptForm } from './kept-forms.ts'
import type { Listing } from './listing.ts'
import type { EveryStaffPage, Refused } from './staff-page.ts'
import type { Todo } from './todos.ts'
import type { TypedField } from './typed-fields.ts'

/** How a file was read, and where another way of reading it is sent to. */
export type HowRead = ReturnType<typeof howRead> & Pick<Refused, 'valuesOf'> & { wayAction: string }

export interface Message {
  /** Keys. */
  title: string
  text: string
  /** Whom to ask. */
  ask?: string
  /** Where to go on, if not home. */
  way?: { href: string; key: string }
}

type AnyListing = Listing<unknown>

interface Field extends EveryStaffPage, Pick<Refused, 'values' | 'valuesOf'> {
  name: string
  hint?: string
}

/** What the views are given that all parts of staff share: their layout, `views/staff/parts`, and what goes wrong. */
export interface Views extends ConfirmView {
  'staff/again': Pick<Message, 'title' | 'text'> & {
    form: KeptForm & { token: string }
    shown: TypedField[]
    /** Whether it may have been stored all the same. */
    isUnsure: boolean
  }
  /** `body` is HTML. */
  'staff/alone': EveryStaffPage & { title: string; body: string }
  'staff/layout': EveryStaffPage & Refused & { title: string; body: string; refreshSeconds?: number; style?: string }
  'staff/message': Message
  /** `content` is HTML. */
  'staff/results': { title: string; content: string }
  'staff/parts/bar': EveryStaffPage
  /** Codes are read into the field of that id. */
  'staff/parts/camera': EveryStaffPage & { into: string }
  'staff/parts/choices': Field & {
    legend: string
    type: 'radio' | 'checkbox'
    options: { value: string; label: string; hint?: string; lang?: string; dir?: string }[]
    /** One or several. */
    value?: string | readonly string[]
  }
  'staff/parts/copy': EveryStaffPage & { name: string; label: string; value: string }
  'staff/parts/course': EveryStaffPage & { course: Stretch[] }
  'staff/parts/digit': {
    name: string
    label: string
    /** Of the digits from 1 on, and of 0. */
    meanings: string[]
    nothing: string
    value: string
    hint?: string
    /** What is wrong with it. */
    problem?: string
  }
  'staff/parts/download': { address: string; label: string }
  'staff/parts/field': Field & {
    label: string
    type?: string
    value?: string | number
    autocomplete?: string
    inputmode?: string
    /** `unsaid` where the hint says when. */
    isOptional?: boolean | 'unsaid'
    width?: 'short' | 'code'
    /** For several lines. */
    rows?: number
    /** In which language it is typed, where that is not the page's. */
    in?: { code: string; dir: string }
    /** Which files. */
    accept?: string
  }
  'staff/parts/back': { back: string | undefined }
  'staff/parts/progress': { value: number; most: number; label: string; text: string }
  'staff/parts/checks': EveryStaffPage & { checks: Check[] }
  /** `style` is the sheet of pages that are not made of the staff's parts. */
  'staff/parts/head': Pick<EveryStaffPage, 't' | 'language' | 'assets'> & {
    title: string
    refreshSeconds?: number
    style?: string
  }
  'staff/parts/header': EveryStaffPage
  /** `why` it is not told; `isWords` where it is no number. */
  'staff/parts/figures': { figures: { text: string; value: string; why?: string; isWords?: boolean }[] }
  'staff/parts/how-read': EveryStaffPage & HowRead
  'staff/parts/kept-key': Pick<EveryStaffPage, 't' | 'keepsRoundKey'>
  /** A column's head, which sorts by it. */
  'staff/parts/sort-head': { head: AnyListing['heads'][string]; text: string; isNumber?: boolean }
  'staff/parts/list-none': EveryStaffPage & { list: Omit<AnyListing, 'heads'> }
  'staff/parts/list-pages': EveryStaffPage & { list: Omit<AnyListing, 'heads'> }
  /** `texts` by the names of filters, and that of the search. */
  'staff/parts/list-search': EveryStaffPage & { list: Omit<AnyListing, 'heads'>; texts: Record<string, string> }
  /** `waits` is the state whose number says that something is to be done. */
  'staff/parts/list-state': { kind: 'look' | 'well' | 'waits' | 'none'; text: string }
  'staff/parts/list-tabs': EveryStaffPage & {
    list: Omit<AnyListing, 'heads'>
    label: string
    tabText: (state: string) => string
    waits?: string
  }
  /** The box that marks a row. */
  'staff/parts/list-tick': { value: string; label: string; isMarked: boolean }
  'staff/parts/mail-outage': EveryStaffPage
  'staff/parts/menu': EveryStaffPage
  'staff/parts/own-account': EveryStaffPage
  'staff/parts/problem-list': EveryStaffPage & Pick<Refused, 'values' | 'valuesOf'>
  'staff/parts/problems': Pick<EveryStaffPage, 'problems'>
  /** Shares from 0 to 1; `mark` is what it is compared with. */
  'staff/parts/rate-bar': { rate: Range; mark?: Range }
  /** `text` says the rate, or why there is none. */
  'staff/parts/rate-cells': { rate?: Range; mark?: Range; text: string }
  'staff/parts/said': EveryStaffPage
  'staff/parts/pages': {
    shown: string
    label: string
    texts: Record<'before' | 'after' | 'all', string>
    before?: string
    after?: string
    all?: string
  }
  'staff/parts/seen': { seen: string }
  'staff/parts/sent-again': EveryStaffPage & { form: Pick<KeptForm, 'fields' | 'files'> }
  'staff/parts/tabs': {
    label: string
    tabs: { href: string; text: string; isCurrent: boolean; language?: string; count?: string; waits?: boolean }[]
  }
  'staff/parts/title': { title: string; up?: { href: string; text: string }; beside?: string }
  'staff/parts/todo': EveryStaffPage & { items: Todo[]; isMain: boolean }
  'staff/parts/token': Pick<EveryStaffPage, 'formToken'>
  /** `text` stands on the button. */
  'staff/parts/undo': EveryStaffPage & { action: string; text?: string }
  'staff/parts/typed': EveryStaffPage & { heading: string; shown: TypedField[] }
}
