import { atOnce } from '../database/patience.ts'
import { errorFromThread, type SentError } from '../database/sqlite.ts'
import { DomainError } from '../errors.ts'
import { startThread } from '../memory/start-thread.ts'
import { endInTime } from '../memory/time-limit.ts'
import { inProject } from '../project-folder.ts'
import type { MailOffice } from './mail-office.ts'
import { type InvitationOrder, type QueuedInvitations, queueInvitations } from './queueing.ts'

/** What the thread is started with: its own connections are to these files. */
export interface QueueingWork {
  databaseFile: string
  mailDatabaseFile: string
  keys: MailOffice['keys']
  order: InvitationOrder
}

/** What the thread says: how many it has dealt with, and at last what came of it or why it broke off. */
export type QueueingReply = { done: number } | { result: QueuedInvitations } | { error: ThreadError }

/** `isOfMail`: damage that was met in the mail file. */
type ThreadError = SentError & { isOfMail: boolean }

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const program = inProject('dist/mail/queueing-thread-program.js')

/** The longest list takes a minute or two on a slow disk. What has taken this long waits for something that does not come. */
const mostSeconds = 900

const late = () =>
  new DomainError(
    'unavailable',
    'Invitations took too long to queue: those that are queued stay, the list can be given again.',
  )

/**
 * Queues invitations as `queueInvitations` does, on a thread of its own: each commit waits for the disk, and thousands of them on the
 * service's thread would hold up those who answer. Databases in memory are written where they are. It goes on when whoever said yes has
 * left: they were told that it would.
 * @throws DomainError `unavailable` when it takes too long
 */
export function queueOnThread(
  office: Pick<MailOffice, 'stores' | 'files' | 'mailFile' | 'keys'>,
  order: InvitationOrder,
  onProgress: (done: number) => void,
  { seconds = mostSeconds } = {},
): Promise<QueuedInvitations> {
  const { files, mailFile, keys } = office
  const where = files()
  if (!where) return queueInvitations(office, order, { onProgress })
  const work: QueueingWork = { ...where, keys, order }
  return new Promise((resolve, reject) => {
    const worker = startThread(program, work, { megabytes: 96 })
    worker.once('error', reject)
    const { isLate } = endInTime(worker, () => worker.terminate(), { seconds })
    worker.once('exit', () =>
      reject(isLate() ? late() : new Error('the thread that queues invitations ended without a word')),
    )
    worker.on('message', (reply: QueueingReply) => {
      if ('done' in reply) onProgress(reply.done)
      else if ('result' in reply) resolve(reply.result)
      else if (reply.error.isOfMail) resolve(mailFile.watch(atOnce)(() => Promise.reject(errorFromThread(reply.error))))
      else reject(errorFromThread(reply.error))
    })
  })
}
