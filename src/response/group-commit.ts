/** How a queue of submissions waits when the database is held by somebody else. */
export interface Patience {
  /** Whether an error means "try again in a moment". */
  isBusy: (error: unknown) => boolean
  /** How long submissions wait in all before they are told to come back, in milliseconds. */
  patienceMs: number
  /** The first pause; doubles up to ten times itself. */
  pauseMs: number
}

/**
 * Commits together what arrives together: submissions of one turn of the event loop share a transaction, and every one
 * of them is answered only after that transaction is on disk. While a batch waits for the database, later ones join it.
 *
 * @param commit writes a batch in one transaction and returns one outcome for each, in order; all or nothing.
 * @returns a function whose promise settles when its submission is durable, or rejects when nothing of it was stored.
 */
export function groupCommit<T, Outcome>(commit: (batch: T[]) => Outcome[], { isBusy, patienceMs, pauseMs }: Patience) {
  interface Waiting {
    submission: T
    resolve: (outcome: Outcome) => void
    reject: (error: unknown) => void
    deadline: number
  }
  let queue: Waiting[] = []
  let scheduled = false
  let pause = pauseMs

  function flush() {
    scheduled = false
    const batch = queue
    queue = []
    try {
      const outcomes = commit(batch.map(({ submission }) => submission))
      pause = pauseMs
      for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index]!)
    } catch (error) {
      if (isBusy(error)) waitAndRetry(batch, error)
      else if (batch.length > 1) commitEach(batch)
      else for (const { reject } of batch) reject(error)
    }
  }

  /** A batch that cannot be written is tried one by one, so that one bad submission takes nobody along. */
  function commitEach(batch: Waiting[]) {
    for (const { submission, resolve, reject } of batch) {
      try {
        resolve(commit([submission])[0]!)
      } catch (error) {
        reject(error)
      }
    }
  }

  function waitAndRetry(batch: Waiting[], error: unknown) {
    const now = performance.now()
    for (const { reject, deadline } of batch) if (deadline <= now) reject(error)
    queue = [...batch.filter(({ deadline }) => deadline > now), ...queue]
    if (queue.length === 0) {
      pause = pauseMs
      return
    }

    scheduled = true
    setTimeout(flush, pause)
    pause = Math.min(pause * 2, pauseMs * 10)
  }

  return (submission: T): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      queue.push({ submission, resolve, reject, deadline: performance.now() + patienceMs })
      if (scheduled) return
      scheduled = true
      setImmediate(flush)
    })
}
