import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'

/** How much a thread may hold, in megabytes: what stays, and what has just been made. */
export interface ThreadMemory {
  megabytes: number
  young?: number
}

/**
 * Starts a program on a thread of its own that may hold so much memory.
 * V8 gives what `--max-old-space-size` says to each new thread, whatever its own limit; so it is told that there is no such number, once
 * the process has its own heap, which stays as it is.
 */
export function startThread(program: string, workerData: unknown, { megabytes, young }: ThreadMemory): Worker {
  setFlagsFromString('--max-old-space-size=0')
  const resourceLimits = { maxOldGenerationSizeMb: megabytes, ...(young && { maxYoungGenerationSizeMb: young }) }
  return new Worker(program, { workerData, resourceLimits })
}
