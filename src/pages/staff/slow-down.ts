import { countLately } from '../../memory/lately-counted.ts'
import type { Networks } from '../../web/network.ts'

/**
 * So many wrong passwords or numbers in a row are met without a wait; from one network, where a whole office sits, many more, and more
 * again from a wider one. Of all together so many, that nobody makes them by mistake.
 */
const free = { one: 4, own: 60, wide: 240, all: 2_000 }
const longestSeconds = 60
const countedMinutes = 15

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
 * wait and those that have not are let in. Counts are over a quarter of an hour after the first failure in them. They live in memory only.
 */
export function slowDown(clock: () => Date) {
  // Each kind has room of its own: addresses that were typed push out no network.
  const failures = {
    who: countLately(clock, countedMinutes),
    own: countLately(clock, countedMinutes),
    wide: countLately(clock, countedMinutes),
    all: countLately(clock, countedMinutes),
  }

  function waitSeconds([kind, key]: Key, free: number): number {
    const count = countOf([kind, key])
    if (count < free) return 0
    const wait = Math.min(2 ** (count - free), longestSeconds)
    return Math.max(0, Math.ceil(wait - failures[kind].msSinceLast(key) / 1000))
  }

  const countOf = ([kind, key]: Key) => failures[kind].numberOf(key)
  const count = ([kind, key]: Key) => failures[kind].add(key)
  const uncount = ([kind, key]: Key) => failures[kind].takeBack(key)

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

type Key = [kind: 'who' | 'own' | 'wide' | 'all', key: string]

const keysOf = ({ own, wide }: Networks): [own: Key, wide: Key, all: Key] => [
  ['own', own],
  ['wide', wide],
  ['all', ''],
]

export type SlowDown = ReturnType<typeof slowDown>
