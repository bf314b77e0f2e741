import type { RejectedFigure } from '../../../history/gathered.ts'
import type { HistoryOutcome, HistoryProgress } from '../../../history/import-history.ts'
import type { ImportedYear } from '../../../history/store.ts'
import type { Refused } from '../staff-page.ts'

interface ShownYear extends ImportedYear {
  /** Whether the service has published results of that year, which are shown instead. */
  isOwn: boolean
}

/** A number with its word, a text under `staff.history.counts`. */
interface Tile {
  name: string
  count: number
}

interface Read {
  name: string
  /** Where the file waits. */
  at: string
}

/** What the views of `views/staff/history` are given. */
export interface Views {
  'staff/history/home': Refused & {
    /** The newest first. */
    years: readonly ShownYear[]
    /** Whether a file is no longer kept. */
    isGone: boolean
    /** The largest file, in megabytes. */
    limit: number
  }
  'staff/history/check': Refused &
    Read & {
      tiles: readonly Tile[]
      /** How many would be new or get another value, and how many are there already. */
      wanted: number
      unchanged: number
      perYear: HistoryOutcome['years']
      /** How many were rejected for each reason, and in all. */
      reasons: readonly { reason: string; count: number }[]
      rejectedCount: number
      /** The first of them, and how many can be taken out as a file. */
      rejected: readonly RejectedFigure[]
      listedCount: number
    }
  'staff/history/progress': Read & { running: HistoryProgress; refreshSeconds: number }
  'staff/history/imported': Read & { tiles: readonly Tile[] }
  'staff/history/removal': Refused & { removed: ImportedYear }
}
