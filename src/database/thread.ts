import { parentPort } from 'node:worker_threads'
import { DomainError } from '../errors.ts'
import { startThread } from '../memory/start-thread.ts'
import { endInTime } from '../memory/time-limit.ts'
import { errorFromThread, errorToSend } from './sqlite.ts'

/** What a thread says that does one thing: what came of it, or why nothing did. */
type Reply<Found> = { found: Found } | { error: { message: string; code?: string } }

/**
 * Has a program do one thing, on a thread of its own that may take so much memory and time, and gives what came of it.
 * @param what is done, for an error: `An import`
 * @throws what the thread threw, as an error of SQLite where it was one; DomainError `unavailable` when it takes too long.
 */
export function askThread<Found>(
  { program, what }: { program: string; what: string },
  workerData: unknown,
  { megabytes, seconds }: { megabytes: number; seconds: number },
): Promise<Found> {
  return new Promise((resolve, reject) => {
    const worker = startThread(program, workerData, { megabytes })
    worker.once('error', reject)
    const { isLate } = endInTime(worker, () => worker.terminate(), { seconds })
    worker.once('exit', () => {
      const late = new DomainError('unavailable', `${what} took too long, and nothing of it was stored.`)
      reject(isLate() ? late : new Error(`${what} ended without a word from its thread.`))
    })
    worker.once('message', (reply: Reply<Found>) => {
      if ('found' in reply) resolve(reply.found)
      else reject(errorFromThread(reply.error))
    })
  })
}

/** What such a program does: its work, and then it tells whoever started it what came of that. */
export async function answerOnce<Found>(work: () => Found | Promise<Found>): Promise<void> {
  let reply: Reply<Found>
  try {
    reply = { found: await work() }
  } catch (error) {
    reply = { error: errorToSend(error) }
  }
  parentPort!.postMessage(reply)
}
