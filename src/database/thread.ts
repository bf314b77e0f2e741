import { parentPort } from 'node:worker_threads'
import { DomainError } from '../errors.ts'
import { startThread } from '../memory/start-thread.ts'
import { endInTime } from '../memory/time-limit.ts'
import { errorFromThread, errorToSend, type SentError } from './sqlite.ts'

/** What a thread says that does one thing: what came of it, or why nothing did. */
type Reply<Found, Progress> = { found: Found } | { error: SentError } | { progress: Progress }

/**
 * Has a program do one thing, on a thread of its own that may take so much memory and time, and gives what came of it.
 * @param what is done, for an error: `An import`
 * @param late what is thrown when it takes too long; DomainError `unavailable` where nothing is said
 * @param onProgress is told whatever the program tells of its work
 * @throws what the thread threw, as an error of SQLite where it was one.
 */
export function askThread<Found, Progress = never>(
  { program, what, late = () => tooLong(what) }: { program: string; what: string; late?: () => Error },
  workerData: unknown,
  { megabytes, seconds }: { megabytes: number; seconds: number },
  onProgress: (progress: Progress) => void = () => {},
): Promise<Found> {
  return new Promise((resolve, reject) => {
    const worker = startThread(program, workerData, { megabytes })
    worker.once('error', reject)
    const { isLate } = endInTime(worker, () => worker.terminate(), { seconds })
    worker.once('exit', () => {
      reject(isLate() ? late() : new Error(`${what} ended without a word from its thread.`))
    })
    worker.on('message', (reply: Reply<Found, Progress>) => {
      if ('progress' in reply) onProgress(reply.progress)
      else if ('found' in reply) resolve(reply.found)
      else reject(errorFromThread(reply.error))
    })
  })
}

const tooLong = (what: string) => new DomainError('unavailable', `${what} took too long, and nothing of it was stored.`)

/** What such a program does: its work, and then it tells whoever started it what came of that. */
export async function answerOnce<Found, Progress = never>(
  work: (tell: (progress: Progress) => void) => Found | Promise<Found>,
): Promise<void> {
  let reply: Reply<Found, Progress>
  const tell = (progress: Progress) => parentPort!.postMessage({ progress })
  try {
    reply = { found: await work(tell) }
  } catch (error) {
    reply = { error: errorToSend(error) }
  }
  parentPort!.postMessage(reply)
}
