/** How a queue of submissions waits when the database is held by somebody else. */
export interface Patience {
  /** Whether an error means "try again in a moment". */
  isBusy: (error: unknown) => boolean
  /** How long submissions wait in all before they are told to come back, in milliseconds. */
  patienceMs: number
  /** The first pause; doubles up to ten times itself. */
  pauseMs: number
}

/** Writes what arrived together; others ask between two transactions. */
export interface GroupCommit<T, Outcome> {
  /** Resolves when the submission is durable, or rejects when nothing of it was stored. */
  (submission: T): Promise<Outcome>
  /** Asks the database when nothing is on its way to the disk, for a transaction locks readers out. */
  whenIdle<Found>(ask: () => Found | Promise<Found>): Promise<Found>
}

/**
 * Commits together what arrives in one turn of the event loop, and holds the next group back only while somebody
 * waits to read or the database is held by another process. Each submission is answered only after its transaction is durable.
 *
 * @param commit writes a group in one transaction and gives one outcome for each, in order; all or nothing. It may be
 * called again before it has answered, and may then write several groups at once.
 */
export function groupCommit<T, Outcome>(
  commit: (group: T[]) => Outcome[] | Promise<Outcome[]>,
  { isBusy, patienceMs, pauseMs }: Patience,
): GroupCommit<T, Outcome> {
  interface Waiting {
    submission: T
    resolve: (outcome: Outcome) => void
    reject: (error: unknown) => void
    deadline: number
  }
  let queue: Waiting[] = []
  let readers: (() => void)[] = []
  let isScheduled = false
  let inFlight = 0
  let pause = pauseMs

  function schedule() {
    if (isScheduled || queue.length === 0 || readers.length > 0) return
    isScheduled = true
    setImmediate(() => void flush()) // one turn of the event loop, so that those who arrive together share it
  }

  async function flush() {
    isScheduled = false
    if (readers.length > 0) return // they let the queue go on when they have read
    const group = queue
    queue = []
    inFlight++
    const retry = await write(group)
    inFlight--
    queue = [...retry, ...queue]
    if (inFlight === 0) letReadersIn()
    if (retry.length > 0) waitAndFlush()
    else schedule()
  }

  function waitAndFlush() {
    if (isScheduled) return
    isScheduled = true
    setTimeout(() => void flush(), pause)
    pause = Math.min(pause * 2, pauseMs * 10)
  }

  /** Writes a group and tells everybody in it, except those who are to wait and try again. */
  async function write(group: Waiting[]): Promise<Waiting[]> {
    try {
      const outcomes = await commit(group.map(({ submission }) => submission))
      pause = pauseMs
      for (const [index, { resolve }] of group.entries()) resolve(outcomes[index]!)
      return []
    } catch (error) {
      if (isBusy(error)) return stillPatient(group, error)
      pause = pauseMs
      if (group.length > 1) return writeEach(group)
      group[0]!.reject(error)
      return []
    }
  }

  /** A group that cannot be written is tried one by one, in order, so that one bad submission takes nobody along. */
  async function writeEach(group: Waiting[]): Promise<Waiting[]> {
    for (const [index, one] of group.entries()) {
      const retry = await write([one])
      if (retry.length > 0) return [...retry, ...group.slice(index + 1)]
    }
    return []
  }

  function stillPatient(group: Waiting[], error: unknown): Waiting[] {
    const now = performance.now()
    for (const { reject, deadline } of group) if (deadline <= now) reject(error)
    return group.filter(({ deadline }) => deadline > now)
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

  const whenIdle = <Found>(ask: () => Found | Promise<Found>): Promise<Found> =>
    new Promise((resolve, reject) => {
      const attempt = () => {
        try {
          resolve(ask())
        } catch (error) {
          reject(error)
        }
      }
      if (inFlight > 0) readers.push(attempt)
      else attempt()
    })

  return Object.assign(submit, { whenIdle })
}
