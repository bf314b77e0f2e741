import { lately } from './lately.ts'

interface Count {
  number: number
  /** When the first of them was, and the last, in milliseconds. */
  since: number
  last: number
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
    return isInTime ? found : { number: 0, since: now, last: now }
  }

  return {
    numberOf: (key: string): number => known(key).number,
    /** How many milliseconds pass until the key is counted from none again. */
    msLeft: (key: string): number => known(key).since + minutes * 60_000 - clock().getTime(),
    /** How many milliseconds ago the last one came that is counted. */
    msSinceLast: (key: string): number => clock().getTime() - known(key).last,
    /** @param weight as how many it counts */
    add(key: string, weight = 1): void {
      const { number, since } = known(key)
      counts.put(key, { number: number + weight, since, last: clock().getTime() })
    },
    /** As if the last one had not come. What is counted no more leaves nothing behind. */
    takeBack(key: string): void {
      const { number, ...times } = known(key)
      if (number > 1) counts.put(key, { number: number - 1, ...times })
      else counts.forget(key)
    },
    forget: counts.forget,
    /** Of how many keys something is known. */
    size: counts.size,
  }
}
