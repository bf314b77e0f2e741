import type { HistoryOutcome, HistoryProgress } from '../../../history/import-history.ts'
import { type PendingImports, sizeOfRead } from '../../../table/pending-imports.ts'

/** A file of earlier years between the upload and the import: in memory only, for one session. */
export interface PendingHistory {
  name: string
  /** The file itself; empty when it has been imported. */
  bytes: Buffer
  /** What would come of it. */
  preview: HistoryOutcome
  /** How far its import has come; absent while none runs. */
  running?: HistoryProgress
  /** What came of it. */
  outcome?: HistoryOutcome
  /** The text that says why nothing came of it. */
  failed?: string
}

export type PendingHistories = PendingImports<PendingHistory>

/** About how much memory it takes, in bytes. */
export const sizeOfHistory = ({ bytes, preview }: PendingHistory): number =>
  sizeOfRead({ bytes, rows: preview.listed.length, columns: 7 })
