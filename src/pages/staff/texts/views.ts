import type { WrittenSentence } from '../../../actions/written-brief.ts'
import type { Language } from '../../../language/languages.ts'
import type { OwnTextKind, TextBlock, TextStanding } from '../../../own-texts/own-text.ts'
import type { ReleasePhase } from '../../../results/phase.ts'
import type { EveryStaffPage, Refused } from '../staff-page.ts'

/** A text as it is listed. */
export interface ListedText {
  language: Pick<Language, 'code' | 'name' | 'dir'>
  href: string
  standing: TextStanding
  /** When it was published, or else saved: an ISO instant. */
  at?: string
  isBeforeCorrection: boolean
}

interface Shown {
  year: number
  /** Of a municipality; of the nation there is none. */
  name?: string
  kind: OwnTextKind
  /** In which it is written. */
  written: Pick<Language, 'code' | 'name' | 'dir'>
  /** Where it is edited. */
  at: string
}

/** What the views of `views/staff/texts` are given. */
export interface Views {
  'staff/texts/home': {
    /** Absent where there are no results to write of. */
    year?: number
    name?: string
    phase?: ReleasePhase
    tabs: { href: string; text: string; isCurrent: boolean }[]
    kinds: {
      kind: OwnTextKind
      texts: ListedText[]
      others: { name: string; code: string; dir: string; href: string }[]
    }[]
    /** Where everybody reads them. */
    readAt?: string
  }
  'staff/texts/text': Shown &
    Refused & {
      standing: TextStanding
      savedAt?: string
      published?: { at: string; blocks: TextBlock[]; saidBy: string }
      isBeforeCorrection: boolean
      mayWrite: boolean
      /** What stands in the fields, and which version of the draft it began with. */
      value: string
      saidBy: string
      version: number
      longest: Record<'text' | 'saidBy', number>
      /** What somebody else has saved meanwhile, or what stood in the field before the service's text was put there. */
      other?: { why: 'saved' | 'replaced'; text: string }
      sentences: WrittenSentence[]
      readAt: string
    }
  'staff/texts/preview': Shown &
    Refused & {
      phase: ReleasePhase
      blocks: TextBlock[]
      saidBy: string
      version: number
      isBeforeCorrection: boolean
      isPublished: boolean
    }
  'staff/texts/words': Pick<EveryStaffPage, 't'> &
    Pick<Shown, 'written' | 'kind'> & { blocks: TextBlock[]; saidBy: string }
}
