import * as z from 'zod'
import { type AddressColumn, elsewhere, readAddressFile } from '../../../mail/address-file.ts'
import { type AddressProblem, notAmong, readAddresses, readRows } from '../../../mail/addresses.ts'
import type { MailOffice } from '../../../mail/mail-office.ts'
import { checkAddresses } from '../../../mail/queueing.ts'
import type { Asked } from '../../../memory/fair-turns.ts'
import type { getStratumWithin } from '../../../organisation/store.ts'
import { howRead } from '../../../table/how-read.ts'
import { pendingImports, sizeOfRead } from '../../../table/pending-imports.ts'
import type { Way } from '../../../table/table.ts'

/** What is sent in: a list that was pasted, or a file. */
export const listForm = z.object({
  addresses: z.string().default(''),
  file: z.object({ name: z.string(), bytes: z.instanceof(Buffer) }).optional(),
  language: z.string('staff.web.problem.choose').max(8),
})

export type StratumOfRound = Awaited<ReturnType<typeof getStratumWithin>>

/** A list that waits for a yes, in memory only. A file waits with it, to be read in another way. */
export interface PendingList {
  stratum: StratumOfRound
  language: string
  file?: { name: string; bytes: Buffer; columns: AddressColumn[]; column: number }
  fresh: string[]
  rejected: { row?: number; text: string; reason: AddressProblem }[]
  jobId?: string
}

function sizeOfList({ file, fresh, rejected }: PendingList): number {
  const cells = file?.columns.reduce((sum, { rows }) => sum + rows.length, 0) ?? 0
  return sizeOfRead({ bytes: file?.bytes, rows: cells + fresh.length + rejected.length })
}

/** The lists that wait for a yes, so many minutes at most. */
export const pendingLists = (clock: () => Date, minutes: number) =>
  pendingImports<PendingList>(clock, { minutes, sizeOf: sizeOfList, bytesOf: ({ file }) => file?.bytes })

/** Reads a file as it is, or in the way that somebody chose; `undefined` where no column holds an address. */
export async function readListFile(asked: Asked, { name, bytes }: { name: string; bytes: Buffer }, way?: Way) {
  const { columns, guess } = await readAddressFile(bytes, name, { ...asked, way })
  return columns.length === 0 ? undefined : { name: name.slice(0, 100), bytes, columns, column: guess }
}

/** Reads a list anew and looks up who is known already; writes nothing. */
export async function checkList(mail: MailOffice, list: PendingList, pasted = ''): Promise<void> {
  const { stratum, file } = list
  const read = file ? await readRows(file.columns[file.column]!.rows) : await readAddresses(pasted)
  const { addresses } = read
  const { fresh, rejected } = await checkAddresses(mail, {
    ...{ stratumId: stratum.id, roundId: stratum.roundId, addresses },
  })
  const others = file ? notAmong(addresses, elsewhere(file.columns, file.columns[file.column]!)) : []
  list.fresh = fresh
  list.rejected = [...read.rejected, ...rejected.map(({ address, reason }) => ({ text: address, reason })), ...others]
}

/** A file with its columns, and how it was read; its sheets are chosen with their columns. */
export function fileShown({ name, columns, column }: NonNullable<PendingList['file']>, way?: Way) {
  const read = howRead(columns[column]!.table, way)
  return {
    ...read,
    ...{ name, column },
    columns: columns.map(({ heading, letters, sheet, isAll }) => ({ heading, letters, sheet, isAll })),
    offeredWays: columns.some(({ sheet }) => sheet) ? [] : read.offeredWays,
  }
}
