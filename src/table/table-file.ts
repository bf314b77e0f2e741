import { randomUUID } from 'node:crypto'
import { setImmediate as breath } from 'node:timers/promises'
import { DomainError } from '../errors.ts'
import type { Asked } from '../memory/fair-turns.ts'
import { cleanText } from './clean-text.ts'
import { type Table, type TableLimits, tableLimits, tableRefusal, type Way } from './table.ts'
import { type Allowance, type Conversation, inTurn, onThread, type TableWork } from './table-thread.ts'
import type { Headings } from './title-rows.ts'
import type { WrittenCell } from './written.ts'

const reading = (limits: TableLimits): Allowance => ({ ...limits, heapMegabytes: 256 })
/** Enough for the codes of a nation, 100 000 rows. */
const writing: Allowance = { ...tableLimits, seconds: 60, heapMegabytes: 640 }

type Reading = Asked & {
  limits?: TableLimits
  way?: Way
  headings?: Headings
}

/**
 * Reads a file of rows, CSV or XLSX by what it holds, on a thread of its own that is ended afterwards: a file can
 * neither hold up the service nor take it down. All of it is read or none. Files are read one after the other.
 * @param name the file's own name, only to be told in a refusal (`values.file`)
 * @param options.owner whose file it is: each person has their turn; without one it has a turn of its own
 * @param options.signal says that nobody waits for it any more: it is ended then
 * @param options.headings what the columns may be known by: then the table is the one under its headings
 * @throws DomainError `invalid` that says what to do (`staff.table.refusal.*`, `values`), and `too-many` when many wait
 */
export async function readTable(
  bytes: Buffer,
  name: string,
  { owner = nobody(), signal, limits = tableLimits, ...how }: Reading = {},
): Promise<Table> {
  const file = cleanText(name).slice(0, 100)
  return naming(file, async () => {
    if (bytes.length > limits.megabytes * 1_000_000) throw tableRefusal('tooLarge', { limit: limits.megabytes })
    return inTurn({ owner, signal }, () =>
      onThread({ kind: 'read', bytes, limits, ...how }, { ...reading(limits), signal }, hearTable),
    )
  })
}

/**
 * The rows as a CSV file for Swedish Excel. Text that could be taken for a formula is made harmless; Excel drops the
 * zeros that a number begins with, so give survey codes as XLSX.
 */
export function writeCsv(header: string[], rows: WrittenCell[][], turn: Asked = {}): Promise<Buffer> {
  return write('csv', header, rows, { sheet: '', ...turn })
}

/** The rows as an XLSX file of one sheet: every string is a text cell, also one of digits; no cell is a formula. */
export function writeXlsx(
  header: string[],
  rows: WrittenCell[][],
  options: { sheet: string } & Asked,
): Promise<Buffer> {
  return write('xlsx', header, rows, options)
}

function write(
  format: 'csv' | 'xlsx',
  header: string[],
  rows: WrittenCell[][],
  { sheet, owner = nobody(), mostOfOne, signal }: { sheet: string } & Asked,
): Promise<Buffer> {
  const work: TableWork = { kind: 'write', format, sheet }
  return inTurn({ owner, mostOfOne, signal }, () =>
    onThread(work, { ...writing, signal }, (thread) => tell(thread, header, rows)),
  )
}

const nobody = () => randomUUID()

async function hearTable({ send, heard }: Conversation): Promise<Table> {
  const first = await heard()
  if (!('header' in first)) throw new Error('The thread of a table began without a header')
  const table: Table = { ...first, rows: [] }
  for (;;) {
    send('more')
    const reply = await heard()
    if (!('rows' in reply)) return table
    for (const row of reply.rows) table.rows.push(row)
    await breath()
  }
}

async function tell({ send, heard }: Conversation, header: string[], rows: WrittenCell[][]): Promise<Buffer> {
  await heard()
  send([header])
  for (let start = 0; start < rows.length; start += 500) {
    await heard()
    send(rows.slice(start, start + 500))
    await breath()
  }
  await heard()
  send('end')
  const last = await heard()
  if (!('bytes' in last)) throw new Error('The thread of a table gave no file')
  return Buffer.from(last.bytes.buffer, last.bytes.byteOffset, last.bytes.byteLength)
}

/** Puts the file's name into what a refusal tells. */
async function naming<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { code, message, messageKey, values, cause } = error
    throw new DomainError(code, message, { messageKey, values: { file, ...values }, cause })
  }
}
