/** So many wrong passwords or numbers in a row are met without a wait. */
const free = 4
const longestSeconds = 60
const forgottenAfterSeconds = 15 * 60

/**
 * Slows down guessing: after a few failures each further try has to wait, twice as long each time, up to a minute. Nobody is ever
 * locked out, and a browser that somebody has signed in with before has a count of its own, so that strangers cannot slow them down.
 * Counts live in memory only.
 */
export function slowDown(clock: () => Date) {
  const failures = new Map<string, { count: number; at: number }>()

  /** How many seconds this one must wait before the next try; 0 for none. */
  function waitSeconds(who: string): number {
    const known = failures.get(who)
    if (!known || known.count < free) return 0
    const wait = Math.min(2 ** (known.count - free), longestSeconds)
    return Math.max(0, Math.ceil(wait - (clock().getTime() - known.at) / 1000))
  }

  function failed(who: string): void {
    const now = clock().getTime()
    for (const [key, { at }] of failures) if (now - at > forgottenAfterSeconds * 1000) failures.delete(key)
    failures.set(who, { count: (failures.get(who)?.count ?? 0) + 1, at: now })
  }

  return { waitSeconds, failed, succeeded: (who: string) => void failures.delete(who) }
}

export type SlowDown = ReturnType<typeof slowDown>
