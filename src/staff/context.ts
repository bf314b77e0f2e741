import type { Config } from '../config.ts'
import type { Database } from '../database/connection.ts'
import type { Keys } from '../database/key-folder.ts'
import type { Nation } from '../fieldwork/nation.ts'
import type { RecordResponse } from '../response/store.ts'
import type { Languages } from '../web/languages.ts'
import type { StaffPage } from '../web/staff-area.ts'

/** What every staff route is given. */
export interface StaffContext {
  db: Database
  /** Works on the database at a moment when it can be reached, and again when another holds it just then. */
  between: <T>(work: () => T | Promise<T>) => Promise<T>
  keys: Keys
  config: Config
  languages: Languages
  clock: () => Date
  /** The nation's fieldwork of a round, as it was at most a minute ago. */
  nation: (roundId: string) => Promise<Nation>
  /** Sends a page, with what every staff page shows. */
  page: StaffPage
  /** All that the audit trail can say was done. */
  deeds: ReadonlySet<string>
  /** The one write of an answer: for paper that is entered. */
  recordResponse: RecordResponse
}
