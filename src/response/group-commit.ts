/** How a queue of submissions waits when the database is held by somebody else. */
export interface Patience {
  /** Whether an error means "try again in a moment". */
  isBusy: (error: unknown) => boolean
  /** How long submissions wait in all before they are told to come back, in milliseconds. */
  patienceMs: number
  /** The first pause; doubles up to ten times itself. */
  pauseMs: number
}

/** One transaction at a time, shared by all who come while the one before is on its way to the disk. */
export interface GroupCommit<T, Outcome> {
  /** Settles when the submission is durable, or rejects when nothing of it was stored. */
  (submission: T): Promise<Outcome>
  /** Reads the database between two transactions, for a transaction locks readers out. */
  between<Found>(read: () => Found): Promise<Found>
}

/**
 * Commits together what arrives together: while a batch is on its way to the disk, or waits for the database, later
 * submissions gather for the next one. Each is answered only after its transaction is durable.
 *
 * @param commit writes a batch in one transaction and gives one outcome for each, in order; all or nothing.
 */
export function groupCommit<T, Outcome>(
  commit: (batch: T[]) => Outcome[] | Promise<Outcome[]>,
  { isBusy, patienceMs, pauseMs }: Patience,
): GroupCommit<T, Outcome> {
  interface Waiting {
    submission: T
    resolve: (outcome: Outcome) => void
    reject: (error: unknown) => void
    deadline: number
  }
  /** What is to be told to whom when the disk is done, and who is to wait and try again. */
  interface Written {
    tell: () => void
    retry?: Waiting[]
  }
  let queue: Waiting[] = []
  let readers: (() => void)[] = []
  let isScheduled = false
  let isCommitting = false
  let pause = pauseMs

  function schedule() {
    if (isScheduled || isCommitting || queue.length === 0) return
    isScheduled = true
    setImmediate(flush) // one turn of the event loop, so that those who arrive together share it
  }

  async function flush() {
    const batch = queue
    queue = []
    isScheduled = false
    isCommitting = true
    const answer = await write(batch)
    isCommitting = false
    letReadersIn()
    const { retry = [] } = answer
    queue = [...retry, ...queue]
    if (retry.length > 0) waitAndFlush()
    else if (queue.length > 0) void flush() // the disk goes on at once; those who are done are told meanwhile
    answer.tell()
  }

  function waitAndFlush() {
    isScheduled = true
    setTimeout(flush, pause)
    pause = Math.min(pause * 2, pauseMs * 10)
  }

  /** Writes a batch; what everybody in it is to be told, and who is to wait and try again. */
  async function write(batch: Waiting[]): Promise<Written> {
    try {
      const outcomes = await commit(batch.map(({ submission }) => submission))
      pause = pauseMs
      return {
        tell: () => {
          for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index]!)
        },
      }
    } catch (error) {
      if (isBusy(error)) return { tell: () => {}, retry: stillPatient(batch, error) }
      pause = pauseMs
      if (batch.length === 1) return { tell: () => batch[0]!.reject(error) }
      return writeEach(batch)
    }
  }

  /** A batch that cannot be written is tried one by one, in order, so that one bad submission takes nobody along. */
  async function writeEach(batch: Waiting[]): Promise<Written> {
    const told: (() => void)[] = []
    const tell = () => {
      for (const one of told) one()
    }
    for (const [index, one] of batch.entries()) {
      const written = await write([one])
      told.push(written.tell)
      if (written.retry) return { tell, retry: [...written.retry, ...batch.slice(index + 1)] }
    }
    return { tell }
  }

  function stillPatient(batch: Waiting[], error: unknown): Waiting[] {
    const now = performance.now()
    for (const { reject, deadline } of batch) if (deadline <= now) reject(error)
    return batch.filter(({ deadline }) => deadline > now)
  }

  function letReadersIn() {
    const waiting = readers
    readers = []
    for (const read of waiting) read()
  }

  const submit = (submission: T): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      queue.push({ submission, resolve, reject, deadline: performance.now() + patienceMs })
      schedule()
    })

  const between = <Found>(read: () => Found): Promise<Found> =>
    new Promise((resolve, reject) => {
      const attempt = () => {
        try {
          resolve(read())
        } catch (error) {
          reject(error)
        }
      }
      if (isCommitting) readers.push(attempt)
      else attempt()
    })

  return Object.assign(submit, { between })
}
