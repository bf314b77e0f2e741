import { lately } from './lately.ts'

interface Count {
  number: number
  /** When the first of them was, in milliseconds. */
  since: number
}

/**
 * Counts for each key how often something came, so many minutes from the first time on; then from none again, and so where the clock was
 * set back to before that: it must keep nobody out. In memory, as `lately` is.
 */
export function countLately(clock: () => Date, minutes: number) {
  const counts = lately<Count>(clock, { minutes, weightOf: ({ number }) => number })

  function known(key: string): Count {
    const now = clock().getTime()
    const found = counts.find(key)
    const isInTime = found && now >= found.since && now - found.since < minutes * 60_000
    return isInTime ? found : { number: 0, since: now }
  }

  return {
    numberOf: (key: string): number => known(key).number,
    /** How many milliseconds pass until the key is counted from none again. */
    msLeft: (key: string): number => known(key).since + minutes * 60_000 - clock().getTime(),
    add(key: string): void {
      const { number, since } = known(key)
      counts.put(key, { number: number + 1, since })
    },
  }
}
