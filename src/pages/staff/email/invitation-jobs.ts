import { randomBytes } from 'node:crypto'
import { DomainError } from '../../../errors.ts'
import { hold } from '../../../memory/held.ts'

/** Invitations that are being queued. No address is in it: only numbers. */
export interface InvitationJob {
  id: string
  /** Whose it is: nobody else finds it. */
  session: string
  stratumId: string
  state: 'working' | 'ready' | 'failed'
  /** How many of the addresses are dealt with, of how many. */
  done: number
  total: number
  queued: number
  /** Who was invited, or said no, since the list was checked. */
  rejected: number
}

type Work = (onProgress: (done: number) => void) => Promise<{ queued: number; rejected: unknown[] }>

const keptMinutes = 60
const mostJobs = 100
const mostWorking = 4

/** What is under way, in memory; forgotten an hour after its end. */
export function invitationJobs(clock: () => Date) {
  const working = new Map<string, InvitationJob>()
  const ended = hold<InvitationJob>(clock, { minutes: keptMinutes })

  async function carryOut(job: InvitationJob, work: Work): Promise<void> {
    try {
      const { queued, rejected } = await work((done) => {
        job.done = done
      })
      Object.assign(job, { state: 'ready', queued, rejected: rejected.length })
    } catch {
      job.state = 'failed' // the work has said why: its error may hold what nobody is to see
    }
    working.delete(job.id)
    ended.keep(job.id, job)
  }

  return {
    /** @throws DomainError `too-many` while many are under way. */
    start(session: Buffer, { stratumId, total }: { stratumId: string; total: number }, work: Work): InvitationJob {
      if (working.size >= mostWorking || working.size + ended.entries().length >= mostJobs)
        throw new DomainError('too-many', 'Many lists of invitations are being queued.')
      const id = randomBytes(16).toString('hex')
      const count = { done: 0, total, queued: 0, rejected: 0 }
      const job: InvitationJob = { id, session: session.toString('hex'), stratumId, state: 'working', ...count }
      working.set(id, job)
      void carryOut(job, work)
      return job
    },
    /** @throws DomainError `not-found` for another session's job, and for one that is forgotten. */
    find(session: Buffer, id: string): InvitationJob {
      const found = working.get(id) ?? ended.find(id)
      if (found?.session !== session.toString('hex'))
        throw new DomainError('not-found', 'There is no such job.', { messageKey: 'invitationsGone' })
      return found
    },
  }
}
