import { createHmac, randomBytes } from 'node:crypto'

interface Lately<T> {
  /** How long each is known, in minutes, from when it was last put. */
  minutes: number
  /** How much would be lost with it: of those that weigh least, the oldest makes room. */
  weightOf: (value: T) => number
  /** How many are known at once. Twenty thousand take some 3 MB. */
  most?: number
}

interface Known<T> {
  value: T
  /** When it was put, in milliseconds. */
  since: number
}

const levels = 9
const sweepMs = 60_000

/**
 * What is known for a while of many, whom strangers can make ever more of: networks, addresses that were typed. It is in memory only,
 * and its size has a bound, however long the keys are. Who comes with many new keys can push out what weighs as little as theirs, and
 * not what was counted often. Which keys there are cannot be read from it. Where the clock was set back to before something was put, that
 * is not known any more: it must keep nobody waiting until the clock is there again.
 */
export function lately<T>(clock: () => Date, { minutes, weightOf, most = 20_000 }: Lately<T>) {
  const secret = randomBytes(32)
  const known = Array.from({ length: levels }, () => new Map<string, Known<T>>())
  let swept = 0

  const tagOf = (key: string) => createHmac('sha256', secret).update(key).digest('base64url').slice(0, 22)
  const isInTime = ({ since }: Known<T>, now: number) => now >= since && now - since <= minutes * 60_000
  const size = () => known.reduce((sum, level) => sum + level.size, 0)
  const levelOf = (value: T) => known[Math.min(levels - 1, Math.floor(Math.log2(Math.max(1, weightOf(value)))))]!

  /** Not each time: in a flood there are many to look through. */
  function forgetOld(now: number): void {
    if (Math.abs(now - swept) < sweepMs) return
    swept = now
    for (const level of known) for (const [tag, one] of level) if (!isInTime(one, now)) level.delete(tag)
  }

  function makeRoom(): void {
    if (size() < most) return
    const lightest = known.find((level) => level.size > 0)
    const [oldest] = lightest?.keys() ?? []
    if (oldest !== undefined) lightest!.delete(oldest)
  }

  function forget(tag: string): void {
    for (const level of known) level.delete(tag)
  }

  return {
    /** What was put under that key; `undefined` when it never was, when its time is up, and when it made room. */
    find(key: string): T | undefined {
      const tag = tagOf(key)
      const found = known.find((level) => level.has(tag))?.get(tag)
      return found && isInTime(found, clock().getTime()) ? found.value : undefined
    },
    /** Knows it from now on, in place of what was known under that key. */
    put(key: string, value: T): void {
      const now = clock().getTime()
      const tag = tagOf(key)
      forgetOld(now)
      forget(tag)
      makeRoom()
      levelOf(value).set(tag, { value, since: now })
    },
    forget: (key: string): void => forget(tagOf(key)),
    /** How many are known, or were until a moment ago. */
    size,
  }
}
