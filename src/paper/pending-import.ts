import { createHmac, randomBytes } from 'node:crypto'
import { keyFor } from '../crypto/secrets.ts'
import type { InvitationChannel } from '../invitation/disposition.ts'
import type { ColumnMapping } from '../table/columns.ts'
import { type PendingImports, sizeOfRead } from '../table/pending-imports.ts'
import type { RejectedRow } from '../table/report.ts'
import type { Table } from '../table/table.ts'
import type { ImportField } from './import-rows.ts'
import type { ColumnValues, Meanings } from './import-values.ts'

/** A form of a file, ready to be sealed. */
export interface ReadyForm {
  digits: number[]
  stratumId: string
  channel: 'paper' | InvitationChannel
  spentTag?: Buffer
}

export interface DryRun {
  forms: ReadyForm[]
  blank: number
  rejected: RejectedRow[]
  total: number
  tag: Buffer
  wasImported: boolean
}

export type ImportResult = 'imported' | 'imported-before' | 'closed'

/** A file between the upload and the import: in memory only, for one session. */
export interface PendingImport {
  name: string
  /** The file itself, to be read in another way; empty when it is imported. */
  bytes: Buffer
  /** Fingerprint of the file's bytes, under a key of its own. */
  digest: Buffer
  table: Table
  /** 16 random bytes a row, so that an import that is confirmed twice is one. */
  ballotIds: Buffer
  choice?: {
    columns: ColumnMapping<ImportField>
    /** What stands in the columns of the questions. */
    counted: ReadonlyMap<number, ColumnValues>
    stratumId?: string
    language: string
  }
  meanings?: Meanings
  dryRun?: DryRun
  running?: Promise<ImportResult>
  /** What was imported, when it is done. */
  done?: { forms: number; blank: number; rejected: number }
}

/** About how much memory an import takes, in bytes. */
export const sizeOfImport = ({ bytes, table }: PendingImport): number =>
  sizeOfRead({ bytes, rows: table.rows.length, columns: table.header.length })

/** Where an import stands, and where its file is chosen again when it is gone. */
export const addressOf = (id: string): string => `/staff/paper/imports/${id}`
export const chooseAgain = '/staff/paper/import?gone=1'

/** So many rows a file may have. */
export const mostRows = 20_000

/** The import that is open under an id for a session, or the address that leads on: it is done, or gone. */
export function findOpen(
  imports: PendingImports<PendingImport>,
  session: Buffer,
  id: string,
): PendingImport | { leadsTo: string; isGone?: true } {
  const pending = imports.find(session, id)
  if (!pending) return { leadsTo: chooseAgain, isGone: true }
  return pending.done ? { leadsTo: `${addressOf(id)}/done` } : pending
}

export function newPending(staffKey: Buffer, file: { name: string; bytes: Buffer; table: Table }): PendingImport {
  const digest = createHmac('sha256', keyFor(staffKey, 'paper import')).update(file.bytes).digest()
  const { name, bytes, table } = file
  return { name, bytes, digest, table, ballotIds: randomBytes(16 * table.rows.length) }
}

/** Stands for a file in a place. Nobody without the key can tell whether a file they hold was imported. */
export function importTag(staffKey: Buffer, digest: Buffer, where: string): Buffer {
  return createHmac('sha256', keyFor(staffKey, 'paper import')).update(digest).update(where).digest()
}
