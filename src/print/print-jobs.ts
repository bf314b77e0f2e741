import { randomBytes } from 'node:crypto'
import { DomainError } from '../errors.ts'
import { hold } from '../memory/held.ts'
import type { TableNote } from '../table/table.ts'
import type { Sides } from './sides.ts'

/** A file that is handed out once. It holds codes, and is kept in memory only. */
export interface PrintedFile {
  name: string
  bytes: Buffer
}

/** `working` until its file is there; `fetched` when somebody has it; of one that `failed` nothing was counted. */
export interface PrintJob {
  id: string
  /** Whose it is: nobody else finds it, nor they themselves in another session. */
  owner: string
  session: string
  state: 'working' | 'ready' | 'fetched' | 'failed'
  /** About how many bytes its file will take: as many are kept free for it while it is at work. */
  expectedBytes: number
  /** How many of the codes are in the file so far, of how many. */
  done: number
  total: number
  /** Whose codes its parts hold, in their order. */
  units: string[]
  /** How many sides of the paper its pages are for; a table has no pages. */
  sides?: Sides
  /** How the file of addresses was read. */
  notes?: TableNote[]
  file?: PrintedFile
  /** Is aborted when nobody has looked at it for as long as its file would be kept. */
  signal: AbortSignal
  /** Why it failed, where people can be told: the key of a text. */
  why?: string
}

export interface PrintJobs {
  /** @throws DomainError `too-many` when a person has many or large files to fetch already, or those of all take much memory. */
  start(
    whose: { owner: string; session: string },
    what: { total: number; expectedBytes: number },
    work: (job: PrintJob) => Promise<PrintedFile>,
  ): PrintJob
  /** @throws DomainError `not-found` for another session's job, and for one that is forgotten. */
  find(session: string, id: string): PrintJob
  /** The file is with its owner, and goes from memory. */
  fetched(job: PrintJob): void
}

/** A file that nobody fetches is forgotten after so many minutes, and its codes with it. */
export const keptMinutes = 15
/** Jobs of one person that are at work or wait to be fetched; those of all, and what their files may take. Fetched ones do not count. */
const mostJobs = { own: 5, all: 200 }
const megabyte = 1024 * 1024
/**
 * One person's: the largest file there is, or some smaller ones. All people's: six of the largest. Small files are let in beyond that,
 * so that whoever holds large ones keeps nobody from a list of codes.
 */
const mostBytes = { own: 16 * megabyte, all: 96 * megabyte, small: megabyte, allWithSmall: 112 * megabyte }

/**
 * What is being made and waits to be fetched, in memory.
 * @param clock says when a file is forgotten; a timer takes it from memory at the same time
 */
export function printJobs(clock: () => Date, { unseenMs = keptMinutes * 60_000 } = {}): PrintJobs {
  const working = new Map<string, PrintJob>()
  const watches = new Map<string, ReturnType<typeof watchFor>>()
  const ended = hold<PrintJob>(clock, { minutes: keptMinutes, onLeaving: destroyFile })

  async function carryOut(job: PrintJob, work: (job: PrintJob) => Promise<PrintedFile>): Promise<void> {
    try {
      job.file = await work(job)
      job.state = 'ready'
    } catch (error) {
      job.state = 'failed' // the work has said why: its error may hold what the file would have held
      if (error instanceof DomainError) job.why = whyOf(error.messageKey)
    }
    working.delete(job.id)
    watches.get(job.id)!.close()
    watches.delete(job.id)
    ended.keep(job.id, job)
  }

  return {
    start({ owner, session }, { total, expectedBytes }, work) {
      const ready = ended.entries().flatMap(([, job]) => (job.state === 'ready' ? job : []))
      refuseTooMuch(owner, expectedBytes, [...working.values(), ...ready])
      const id = randomBytes(16).toString('hex')
      const watch = watchFor(unseenMs)
      const job: PrintJob = {
        id,
        owner,
        session,
        state: 'working',
        expectedBytes,
        done: 0,
        total,
        units: [],
        signal: watch.signal,
      }
      working.set(job.id, job)
      watches.set(job.id, watch)
      void carryOut(job, work)
      return job
    },
    find(session, id) {
      const found = working.get(id) ?? ended.find(id)
      if (found?.session !== session)
        throw new DomainError('not-found', 'There is no such print.', { messageKey: 'printGone' })
      watches.get(id)?.seen()
      return found
    },
    fetched(job) {
      job.state = 'fetched'
      delete job.file
    },
  }
}

/** Says that nobody has looked for so long. Its page looks again by itself while it is open. */
function watchFor(unseenMs: number) {
  const leaving = new AbortController()
  const timer = setTimeout(
    () => leaving.abort(new DomainError('unavailable', 'Nobody waits for this print any more.')),
    unseenMs,
  ).unref()
  return { signal: leaving.signal, seen: () => timer.refresh(), close: () => clearTimeout(timer) }
}

/** Nobody fetched it: the codes in it go. */
function destroyFile(job: PrintJob): void {
  job.file?.bytes.fill(0)
  delete job.file
}

/** What a file takes, and before it is there, what it will. */
const bytesOf = (jobs: PrintJob[]) =>
  jobs.reduce((sum, { file, expectedBytes }) => sum + (file?.bytes.length ?? expectedBytes), 0)

/** @throws DomainError `too-many` when there is no room for one more that takes about so many bytes beside those that are there */
function refuseTooMuch(owner: string, expectedBytes: number, all: PrintJob[]): void {
  const own = all.filter((job) => job.owner === owner)
  if (own.length >= mostJobs.own)
    throw new DomainError('too-many', 'They have many files to fetch.', { messageKey: 'printOwn' })
  if (own.length > 0 && bytesOf(own) + expectedBytes > mostBytes.own)
    throw new DomainError('too-many', 'They have large files to fetch.', { messageKey: 'printOwnLarge' })
  const most = expectedBytes <= mostBytes.small ? mostBytes.allWithSmall : mostBytes.all
  if (all.length >= mostJobs.all || bytesOf(all) + expectedBytes > most)
    throw new DomainError('too-many', 'Many files wait to be fetched.', { messageKey: 'printBusy' })
}

/** A whole key, or the name of one of the messages that pages of staff have. */
const whyOf = (messageKey: string) => (messageKey.startsWith('staff.') ? messageKey : `staff.web.${messageKey}.text`)

/** The session that a job belongs to. */
export const sessionOf = ({ sessionTag }: { sessionTag: Buffer }) => sessionTag.toString('base64')
