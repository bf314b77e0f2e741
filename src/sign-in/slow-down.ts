/** So many wrong passwords or numbers in a row are met without a wait; from one network, where a whole office sits, many more. */
const free = { one: 4, network: 60 }
const longestSeconds = 60
const forgottenAfterSeconds = 15 * 60

/** Whose tries are counted together. */
export interface Counted {
  who: string
  /** The network of somebody whose browser nobody knows yet. */
  network?: string
}

/** What came of a try: it was right or wrong, or has to wait. */
export type Outcome = { isRight: boolean; waitSeconds: 0 } | { isRight: false; waitSeconds: number }

/**
 * Slows down guessing: after a few failures each further try has to wait, twice as long each time, up to a minute. Nobody is ever
 * locked out, and a browser that somebody has signed in with before has a count of its own, so that strangers cannot slow them down.
 * One password tried on many accounts is counted for the network it comes from. Counts live in memory only.
 */
export function slowDown(clock: () => Date) {
  const failures = new Map<string, { count: number; at: number }>()

  function waitSeconds(key: string, free: number): number {
    const known = failures.get(key)
    if (!known || known.count < free) return 0
    const wait = Math.min(2 ** (known.count - free), longestSeconds)
    return Math.max(0, Math.ceil(wait - (clock().getTime() - known.at) / 1000))
  }

  function count(key: string): void {
    const now = clock().getTime()
    for (const [old, { at }] of failures) if (now - at > forgottenAfterSeconds * 1000) failures.delete(old)
    failures.set(key, { count: (failures.get(key)?.count ?? 0) + 1, at: now })
  }

  function uncount(key: string): void {
    const known = failures.get(key)
    if (known) failures.set(key, { ...known, count: known.count - 1 })
  }

  /** Lets somebody try what could be guessed. It counts as wrong until it is right, so many tries at once are no way around the wait. */
  async function attempt({ who, network }: Counted, check: () => Promise<boolean>): Promise<Outcome> {
    const from = network && `network ${network}`
    const wait = Math.max(waitSeconds(who, free.one), from ? waitSeconds(from, free.network) : 0)
    if (wait > 0) return { isRight: false, waitSeconds: wait }

    count(who)
    if (from) count(from)
    const isRight = await check().catch((error) => {
      for (const key of [who, from ?? '']) uncount(key) // nothing was learnt
      throw error
    })
    if (!isRight) return { isRight, waitSeconds: 0 }
    failures.delete(who)
    if (from) uncount(from)
    return { isRight, waitSeconds: 0 }
  }

  return { attempt }
}

export type SlowDown = ReturnType<typeof slowDown>
