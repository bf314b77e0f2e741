import { askThread } from '../database/thread.ts'
import { DomainError } from '../errors.ts'
import { asBuffer } from '../memory/as-buffer.ts'
import { inProject } from '../project-folder.ts'
import type { FileWork } from './figure-report.ts'

/** Tells whoever waits for a file that there is none now. */
export const fileBusy = (message: string) => new DomainError('unavailable', message, { messageKey: 'fileBusy' })

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const making = {
  program: inProject('dist/files/file-thread-program.js'),
  what: 'A file',
  late: () => fileBusy('A file took too long.'),
}

/** A file takes a second or two; what takes this long takes for ever. */
const mostSeconds = 60

/**
 * Makes a file on a thread of its own, for it would hold up everybody.
 * @throws DomainError `unavailable` when it took too long; Error with what the libraries have to say
 */
export async function fileOnThread(work: FileWork, { seconds = mostSeconds } = {}): Promise<Buffer> {
  return asBuffer(await askThread<Uint8Array>(making, work, { megabytes: 128, seconds }))
}
