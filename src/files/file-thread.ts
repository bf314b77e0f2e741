import { DomainError } from '../errors.ts'
import { asBuffer } from '../memory/as-buffer.ts'
import { startThread } from '../memory/start-thread.ts'
import { endInTime } from '../memory/time-limit.ts'
import { inProject } from '../project-folder.ts'
import type { FigureReport } from './figure-report.ts'

/** What the thread is given. */
export interface FileWork {
  kind: 'xlsx' | 'pptx'
  report: FigureReport
}

/** What it says: the file, or why there is none. */
export type FileReply = { file: Uint8Array } | { error: string }

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const program = inProject('dist/files/file-thread-program.js')

/** A file takes a second or two; what takes this long takes for ever. */
const mostSeconds = 60

/** Tells whoever waits for a file that there is none now. */
export const fileBusy = (message: string) => new DomainError('unavailable', message, { messageKey: 'fileBusy' })

/**
 * Makes a file on a thread of its own, for it would hold up everybody.
 * @throws DomainError `unavailable` when it took too long; Error with what the libraries have to say
 */
export function fileOnThread(work: FileWork, { seconds = mostSeconds } = {}): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = startThread(program, work, { megabytes: 128 })
    const { isLate } = endInTime(worker, () => worker.terminate(), { seconds })
    worker.once('message', (reply: FileReply) => {
      if ('file' in reply) resolve(asBuffer(reply.file))
      else reject(new Error(`A file cannot be made: ${reply.error}`))
    })
    worker.once('error', reject)
    // Its last word comes in the same turn as its end, and is to be heard first.
    worker.once('exit', () =>
      setImmediate(() =>
        reject(isLate() ? fileBusy('A file took too long.') : new Error('The thread of a file ended without it')),
      ),
    )
  })
}
