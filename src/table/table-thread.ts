import { setImmediate as breath } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { DomainError, type RefusalCode } from '../errors.ts'
import { cleanText } from './clean-text.ts'
import {
  type RefusalValues,
  type Table,
  type TableLimits,
  type TableNote,
  type TableRow,
  tableLimits,
  tableRefusal,
} from './table.ts'
import type { WrittenCell } from './written.ts'

/** What a thread is started for. */
export type TableWork =
  | { kind: 'read'; bytes: Uint8Array; limits: TableLimits }
  | { kind: 'write'; format: 'csv' | 'xlsx'; sheet: string }

/** What the thread says: each but the first is asked for, so that many rows never arrive at once. */
export type TableReply =
  | { header: string[]; notes: TableNote[] }
  | { rows: TableRow[] }
  | { end: true }
  | { ready: true }
  | { bytes: Uint8Array }
  | { error: { message: string; stack?: string; refusal?: Refused } }

type Refused = { code: RefusalCode; messageKey: string; values: RefusalValues }
type Conversation = { send(message: unknown): void; heard(): Promise<TableReply> }

/**
 * Reads a file of rows, CSV or XLSX by what it holds, on a thread of its own that is ended afterwards: a file can
 * neither hold up the service nor take it down. All of it is read or none. Files are read one after the other.
 * @param name the file's own name, only to be told in a refusal (`values.file`)
 * @throws DomainError `invalid` that says what to do (`staff.table.refusal.*`, `values`), and `too-many` when many wait
 */
export async function readTable(
  bytes: Buffer,
  name: string,
  { limits = tableLimits }: { limits?: TableLimits } = {},
): Promise<Table> {
  const file = cleanText(name).slice(0, 100)
  return naming(file, async () => {
    if (bytes.length > limits.megabytes * 1_000_000) throw tableRefusal('tooLarge', { limit: limits.megabytes })
    return inTurn(() => onThread({ kind: 'read', bytes, limits }, reading(limits), hearTable))
  })
}

/**
 * The rows as a CSV file for Swedish Excel. Text that could be taken for a formula is made harmless; Excel drops the
 * zeros that a number begins with, so give survey codes as XLSX.
 */
export function writeCsv(header: string[], rows: WrittenCell[][]): Promise<Buffer> {
  return write('csv', header, rows, '')
}

/** The rows as an XLSX file of one sheet: every string is a text cell, also one of digits; no cell is a formula. */
export function writeXlsx(header: string[], rows: WrittenCell[][], { sheet }: { sheet: string }): Promise<Buffer> {
  return write('xlsx', header, rows, sheet)
}

function write(format: 'csv' | 'xlsx', header: string[], rows: WrittenCell[][], sheet: string): Promise<Buffer> {
  const work: TableWork = { kind: 'write', format, sheet }
  return inTurn(() => onThread(work, writing, (thread) => tell(thread, header, rows)))
}

async function hearTable({ send, heard }: Conversation): Promise<Table> {
  const first = await heard()
  if (!('header' in first)) throw new Error('The thread of a table began without a header')
  const table: Table = { header: first.header, rows: [], notes: first.notes }
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

interface Allowance {
  seconds: number
  heapMegabytes: number
  /** What is told when the heap is full. */
  expandedMegabytes: number
}

const reading = (limits: TableLimits): Allowance => ({ ...limits, heapMegabytes: 256 })
/** Enough for the codes of a nation, 100 000 rows. */
const writing: Allowance = { ...tableLimits, seconds: 60, heapMegabytes: 640 }

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const program = new URL('../../dist/table/table-thread-program.js', import.meta.url)

/** Talks with a thread that has as long and as much memory as it is given, and ends it, however the talk ends. */
async function onThread<T>(
  workerData: TableWork,
  allowed: Allowance,
  talk: (thread: Conversation) => Promise<T>,
): Promise<T> {
  // Started with --max-old-space-size, V8 gives that to each new thread, whatever its own limit; this process keeps its own.
  setFlagsFromString('--max-old-space-size=0')
  const worker = new Worker(program, {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: allowed.heapMegabytes },
  })
  let isLate = false
  const deadline = setTimeout(() => {
    isLate = true
    void worker.terminate()
  }, allowed.seconds * 1000)
  const ended = new Promise<never>((_, reject) => {
    worker.once('error', (error: Error & { code?: string }) => reject(reasonOf(error, allowed)))
    // Its last word comes in the same turn as its end, and is to be heard first.
    worker.once('exit', () => setImmediate(() => reject(isLate ? lateness(allowed) : lost())))
  })
  const heard = async () => {
    const reply = await new Promise<TableReply>((resolve) => worker.once('message', resolve))
    if ('error' in reply) throw errorOf(reply.error)
    return reply
  }
  try {
    return await Promise.race([talk({ send: (message) => worker.postMessage(message), heard }), ended])
  } finally {
    clearTimeout(deadline)
    ended.catch(() => {}) // it ends now, and nobody asks why
    await worker.terminate()
  }
}

function lateness({ seconds }: Allowance): Error {
  return tableRefusal('tooSlow', { limit: seconds })
}

function lost(): Error {
  return new Error('The thread of a table ended before its answer')
}

function reasonOf(error: Error & { code?: string }, allowed: Allowance): Error {
  if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error
  return tableRefusal('tooMuch', { limit: allowed.expandedMegabytes }, error)
}

function errorOf({ message, stack, refusal }: { message: string; stack?: string; refusal?: Refused }): Error {
  if (refusal) return new DomainError(refusal.code, message, refusal)
  return Object.assign(new Error(message), { stack })
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

const mostWaiting = 8
let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/** One thread at a time: what it may take is taken once. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= mostWaiting) return Promise.reject(tableRefusal('busy'))
  waiting++
  const mine = last.then(work).finally(() => {
    waiting--
  })
  last = mine.catch(() => {})
  return mine
}
