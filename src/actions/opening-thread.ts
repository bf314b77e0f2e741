import type { Worker } from 'node:worker_threads'
import { startThread } from '../memory/start-thread.ts'
import { endInTime } from '../memory/time-limit.ts'
import { inProject } from '../project-folder.ts'
import type { Closed } from './open-urn.ts'

export interface OpeningOrder {
  databaseFile: string
  roundId: string
  /**
   * The text of the key file, which is in the memory of this process and nowhere else, and what opens the marks of forms that waited.
   * Without them only the order of arrival is forgotten.
   */
  keys?: { keyFile: string; spentPepper: Buffer; reason?: string }
}

/**
 * Why an opening came to nothing: `broken` when a ballot cannot be opened or the round is elsewhere in its life, `otherwise` and
 * `otherPeople` when the results are others than those that participants have seen.
 */
export type OpeningFailure = {
  failed: 'broken' | 'otherwise' | 'otherPeople' | 'unexpected'
  name?: string
  code?: string
}

export type OpeningMessage = { percent: number } | { closed: Closed } | OpeningFailure

/** How far an opening has come. `closed` or `failed` is there when it is over. */
export interface Opening {
  /** In tenths, and no numbers: they would tell how many have answered. Absent while the database is written anew. */
  percent?: number
  closed?: Closed
  failed?: OpeningFailure['failed']
}

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const program = inProject('dist/actions/opening-thread-program.js')

/** Ballots are packed outside it; what is told of a nation, and the sets from which it is worked out, are held at once. */
const mostMegabytes = 320

/** A nation's ballots take some minutes. A round whose opening was ended is closed and can be opened again. */
const mostSeconds = 3 * 3600

/** The openings of this process, one for each round, in memory only. Each has a thread and a connection of its own, for it takes long. */
export function makeOpenings({ onFailure }: { onFailure: (failure: OpeningFailure) => void }) {
  const openings = new Map<string, Opening>()
  const workers = new Set<Worker>()
  const run = (order: OpeningOrder) => {
    const worker = startThread(program, order, { megabytes: mostMegabytes })
    workers.add(worker)
    endInTime(worker, () => worker.terminate(), { seconds: mostSeconds })
    worker.once('exit', () => workers.delete(worker))
    return worker
  }

  return {
    find: (roundId: string): Opening | undefined => openings.get(roundId),
    isRunning: (roundId: string): boolean => isRunning(openings.get(roundId)),
    /** Begins an opening; one that runs already goes on instead. */
    start(order: OpeningOrder): void {
      if (isRunning(openings.get(order.roundId))) return
      const opening: Opening = {}
      openings.set(order.roundId, opening)
      const fail = (failure: OpeningFailure) => {
        opening.failed ??= failure.failed
        onFailure(failure)
      }
      const worker = run(order)
      worker.on('message', (message: OpeningMessage) => {
        if ('failed' in message) fail(message)
        else Object.assign(opening, message)
      })
      worker.on('error', ({ name }) => fail({ failed: 'unexpected', name }))
      worker.once('exit', () => {
        if (isRunning(opening)) fail({ failed: 'unexpected', name: 'exit' })
      })
    },
    /** Where the opening waits for tablets: writes the file in the order of random keys by now, for its key has just been here. */
    forgetOrder(order: Omit<OpeningOrder, 'keys'>): void {
      const worker = run(order)
      worker.on('message', (message: OpeningMessage) => 'failed' in message && onFailure(message))
      worker.on('error', ({ name }) => onFailure({ failed: 'unexpected', name }))
    },
    /** Breaks off what runs. A round whose opening was broken off is closed and can be opened again. */
    async close(): Promise<void> {
      await Promise.all([...workers].map((worker) => worker.terminate()))
    },
  }
}

const isRunning = (opening: Opening | undefined) => opening !== undefined && !opening.closed && !opening.failed
