import { DomainError, type RefusalCode } from '../errors.ts'
import { fairTurns } from '../memory/fair-turns.ts'
import { startThread } from '../memory/start-thread.ts'
import { endInTime } from '../memory/time-limit.ts'
import { inProject } from '../project-folder.ts'
import { type RefusalValues, type Table, type TableLimits, type TableRow, tableRefusal, type Way } from './table.ts'
import type { Headings } from './title-rows.ts'

/** What a thread is started for. */
export type TableWork =
  | { kind: 'read'; bytes: Uint8Array; limits: TableLimits; way?: Way; headings?: Headings }
  | { kind: 'write'; format: 'csv' | 'xlsx'; sheet: string }

/** What the thread says: each but the first is asked for, so that many rows never arrive at once. */
export type TableReply =
  | Omit<Table, 'rows'>
  | { rows: TableRow[] }
  | { end: true }
  | { ready: true }
  | { bytes: Uint8Array }
  | { error: { message: string; stack?: string; refusal?: Refused } }

type Refused = { code: RefusalCode; messageKey: string; values: RefusalValues }
/** A talk with the thread: what it says next is heard, or its end is an error. */
export type Conversation = { send(message: unknown): void; heard(): Promise<TableReply> }

/** What one thread may take. */
export interface Allowance {
  seconds: number
  heapMegabytes: number
  /** What is told when the heap is full. */
  expandedMegabytes: number
  /** Nobody waits for it any more. */
  signal?: AbortSignal
}

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const program = inProject('dist/table/table-thread-program.js')

/** Talks with a thread that has as long and as much memory as it is given, and ends it, however the talk ends. */
export async function onThread<T>(
  workerData: TableWork,
  allowed: Allowance,
  talk: (thread: Conversation) => Promise<T>,
): Promise<T> {
  const worker = startThread(program, workerData, { megabytes: allowed.heapMegabytes, young: 16 })
  const { isLate } = endInTime(worker, () => worker.terminate(), allowed)
  const ended = new Promise<never>((_, reject) => {
    worker.once('error', (error: Error & { code?: string }) => reject(reasonOf(error, allowed)))
    // Its last word comes in the same turn as its end, and is to be heard first.
    worker.once('exit', () => setImmediate(() => reject(whyEnded(isLate(), allowed))))
  })
  const heard = async () => {
    const reply = await new Promise<TableReply>((resolve) => worker.once('message', resolve))
    if ('error' in reply) throw errorOf(reply.error)
    return reply
  }
  try {
    return await Promise.race([talk({ send: (message) => worker.postMessage(message), heard }), ended])
  } finally {
    ended.catch(() => {}) // it ends now, and nobody asks why
    await worker.terminate()
  }
}

function whyEnded(isLate: boolean, { seconds, signal }: Allowance): Error {
  if (signal?.aborted) return signal.reason
  return isLate ? tableRefusal('tooSlow', { limit: seconds }) : lost()
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

/**
 * One thread at a time: what it may take is taken once. Each person has a file at work and one that waits, and a turn before anybody
 * has two, so that nobody's files hold up the country.
 */
export const inTurn = fairTurns({
  mostOfOne: 2,
  most: 12,
  refusal: (why) => tableRefusal(why === 'own' ? 'ownBusy' : 'busy'),
})
