import { lately } from '../../memory/lately.ts'
import type { Networks } from '../../web/network.ts'

/**
 * So many wrong passwords or numbers in a row are met without a wait; from one network, where a whole office sits, many more, and more
 * again from a wider one. Of all together so many, that nobody makes them by mistake.
 */
const free = { one: 4, own: 60, wide: 240, all: 2_000 }
const longestSeconds = 60
const keptMinutes = 15

/** Whose tries are counted together. */
export interface Trying {
  who: string
  /** The networks of somebody whose browser nobody knows yet. */
  networks?: Networks
}

/** What came of a try: it was right or wrong, or has to wait. */
export type TryOutcome = { isRight: boolean; waitSeconds: 0 } | { isRight: false; waitSeconds: number }

/**
 * Slows down guessing: after a few failures each further try has to wait, twice as long each time, up to a minute. Nobody is ever
 * locked out, and a browser that somebody has signed in with before has a count of its own, so that strangers cannot slow them down.
 * One password tried on many accounts is counted for the networks it comes from; in a flood from everywhere, networks that have failed
 * wait and those that have not are let in. Counts live in memory only.
 */
export function slowDown(clock: () => Date) {
  const kept = { minutes: keptMinutes, weightOf: ({ count }: Failures) => count }
  // Each kind has room of its own: addresses that were typed push out no network.
  const failures = {
    who: lately(clock, kept),
    own: lately(clock, kept),
    wide: lately(clock, kept),
    all: lately(clock, kept),
  }

  function waitSeconds([kind, key]: Key, free: number): number {
    const known = failures[kind].find(key)
    if (!known || known.count < free) return 0
    const wait = Math.min(2 ** (known.count - free), longestSeconds)
    return Math.max(0, Math.ceil(wait - (clock().getTime() - known.at) / 1000))
  }

  const countOf = ([kind, key]: Key) => failures[kind].find(key)?.count ?? 0

  function count([kind, key]: Key): void {
    failures[kind].put(key, { count: countOf([kind, key]) + 1, at: clock().getTime() })
  }

  /** What is counted no more is not known any more: who is refused for want of room leaves nothing behind. */
  function uncount([kind, key]: Key): void {
    const known = failures[kind].find(key)
    if (known && known.count > 1) failures[kind].put(key, { ...known, count: known.count - 1 })
    else failures[kind].forget(key)
  }

  function waitOf(who: string, networks?: Networks): number {
    const ofOne = waitSeconds(['who', who], free.one)
    if (!networks) return ofOne
    const [own, wide, all] = keysOf(networks)
    const ofAll = countOf(own) > 0 ? waitSeconds(all, free.all) : 0
    return Math.max(ofOne, waitSeconds(own, free.own), waitSeconds(wide, free.wide), ofAll)
  }

  /** Lets somebody try what could be guessed. It counts as wrong until it is right, so many tries at once are no way around the wait. */
  async function attempt({ who, networks }: Trying, check: () => Promise<boolean>): Promise<TryOutcome> {
    const wait = waitOf(who, networks)
    if (wait > 0) return { isRight: false, waitSeconds: wait }

    const from = networks ? keysOf(networks) : []
    const all: Key[] = [['who', who], ...from]
    for (const key of all) count(key)
    const isRight = await check().catch((error) => {
      for (const key of all) uncount(key) // nothing was learnt
      throw error
    })
    if (!isRight) return { isRight, waitSeconds: 0 }
    failures.who.forget(who)
    for (const key of from) uncount(key)
    return { isRight, waitSeconds: 0 }
  }

  /** How much is known of all kinds together. */
  const size = () => Object.values(failures).reduce((sum, kind) => sum + kind.size(), 0)

  return { attempt, size }
}

interface Failures {
  count: number
  /** When the last one was, in milliseconds. */
  at: number
}

type Key = [kind: 'who' | 'own' | 'wide' | 'all', key: string]

const keysOf = ({ own, wide }: Networks): [own: Key, wide: Key, all: Key] => [
  ['own', own],
  ['wide', wide],
  ['all', ''],
]

export type SlowDown = ReturnType<typeof slowDown>
