import { errorFromThread } from '../database/sqlite.ts'
import { startThread } from '../memory/start-thread.ts'
import { inProject } from '../project-folder.ts'
import type { Outcome, SealedBallot } from '../urn/sealed-ballot.ts'

/** What the thread answers to a batch: an outcome for each ballot, or why nothing was stored. */
export type GroupReply = { outcomes: Outcome[] } | { error: { message: string; code?: string } }

/** What the thread is told: a batch to write, or that it is over. */
export type UrnMessage = SealedBallot[] | 'close'

export interface UrnThread {
  /** Writes a batch in one transaction on the thread, together with others that wait there for the disk. */
  commit(batch: SealedBallot[]): Promise<Outcome[]>
  close(): Promise<void>
}

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const program = inProject('dist/actions/urn-thread-program.js')

/**
 * A thread of its own for the one write that waits for the disk, so that pages are served and ballots sealed meanwhile.
 * When the thread dies of a defect the process does too, by its unhandled `error` event, and is started anew.
 */
export function startUrnThread(databaseFile: string): UrnThread {
  const worker = startThread(program, { databaseFile }, { megabytes: 64, young: 2 })
  let closing: Promise<void> | undefined
  const waiting: ((reply: GroupReply) => void)[] = [] // the thread answers in the order in which it was asked
  worker.on('message', (replies: GroupReply[]) => {
    for (const reply of replies) waiting.shift()!(reply)
  })
  return {
    commit: (batch) =>
      new Promise((resolve, reject) => {
        waiting.push((reply) => ('outcomes' in reply ? resolve(reply.outcomes) : reject(errorFromThread(reply.error))))
        worker.postMessage(batch)
      }),
    close() {
      closing ??= new Promise((resolve) => {
        worker.once('exit', () => resolve())
        worker.postMessage('close')
      })
      return closing
    },
  }
}
