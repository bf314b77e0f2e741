import type { Networks } from '../web/network.ts'

/**
 * So many wrong passwords or numbers in a row are met without a wait; from one network, where a whole office sits, many more, and more
 * again from a wider one. Of all together so many, that nobody makes them by mistake.
 */
const free = { one: 4, own: 60, wide: 240, all: 2_000 }
const longestSeconds = 60
const forgottenAfterSeconds = 15 * 60

/** Whose tries are counted together. */
export interface Counted {
  who: string
  /** The networks of somebody whose browser nobody knows yet. */
  networks?: Networks
}

/** What came of a try: it was right or wrong, or has to wait. */
export type Outcome = { isRight: boolean; waitSeconds: 0 } | { isRight: false; waitSeconds: number }

/**
 * Slows down guessing: after a few failures each further try has to wait, twice as long each time, up to a minute. Nobody is ever
 * locked out, and a browser that somebody has signed in with before has a count of its own, so that strangers cannot slow them down.
 * One password tried on many accounts is counted for the networks it comes from; in a flood from everywhere, networks that have failed
 * wait and those that have not are let in. Counts live in memory only.
 */
export function slowDown(clock: () => Date) {
  const failures = new Map<string, { count: number; at: number }>()
  let swept = 0

  function waitSeconds(key: string, free: number): number {
    const known = failures.get(key)
    if (!known || known.count < free) return 0
    const wait = Math.min(2 ** (known.count - free), longestSeconds)
    return Math.max(0, Math.ceil(wait - (clock().getTime() - known.at) / 1000))
  }

  function count(key: string): void {
    const now = clock().getTime()
    forgetOld(now)
    failures.set(key, { count: countOf(key, now) + 1, at: now })
  }

  function countOf(key: string, now: number): number {
    const known = failures.get(key)
    return known && now - known.at <= forgottenAfterSeconds * 1000 ? known.count : 0
  }

  /** Not at each try: in a flood there are many to look through. */
  function forgetOld(now: number): void {
    if (now - swept < 60_000) return
    swept = now
    for (const [old, { at }] of failures) if (now - at > forgottenAfterSeconds * 1000) failures.delete(old)
  }

  function uncount(key: string): void {
    const known = failures.get(key)
    if (known) failures.set(key, { ...known, count: known.count - 1 })
  }

  function waitOf(who: string, networks?: Networks): number {
    if (!networks) return waitSeconds(who, free.one)
    const [own, wide] = keysOf(networks)
    const hasFailed = countOf(own!, clock().getTime()) > 0
    return Math.max(
      ...[waitSeconds(who, free.one), waitSeconds(own!, free.own), waitSeconds(wide!, free.wide)],
      hasFailed ? waitSeconds('all', free.all) : 0,
    )
  }

  /** Lets somebody try what could be guessed. It counts as wrong until it is right, so many tries at once are no way around the wait. */
  async function attempt({ who, networks }: Counted, check: () => Promise<boolean>): Promise<Outcome> {
    const wait = waitOf(who, networks)
    if (wait > 0) return { isRight: false, waitSeconds: wait }

    const from = networks ? [...keysOf(networks), 'all'] : []
    for (const key of [who, ...from]) count(key)
    const isRight = await check().catch((error) => {
      for (const key of [who, ...from]) uncount(key) // nothing was learnt
      throw error
    })
    if (!isRight) return { isRight, waitSeconds: 0 }
    failures.delete(who)
    for (const key of from) uncount(key)
    return { isRight, waitSeconds: 0 }
  }

  return { attempt }
}

const keysOf = ({ own, wide }: Networks) => [`own ${own}`, `wide ${wide}`]

export type SlowDown = ReturnType<typeof slowDown>
