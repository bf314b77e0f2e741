import { hold } from '../memory/held.ts'

/** What is asked for at once: this round and the one before, and a little more. */
const mostKnown = 4

/**
 * Works something out at most once in so many minutes, for everybody who asks: the nation's figures stand beside everyone's own.
 * What fails is not remembered, and `forget` lets all of it be worked out anew.
 */
export function remember<T>(work: (key: string) => Promise<T>, minutes: number, clock: () => Date) {
  const known = hold<Promise<T>>(clock, { minutes, most: mostKnown })
  const ask = (key: string): Promise<T> => {
    const found = known.find(key)
    if (found) return found
    const value = work(key)
    known.keep(key, value)
    value.catch(() => known.find(key) === value && known.forget(key))
    return value
  }
  return Object.assign(ask, {
    forget: () => {
      for (const [key] of known.entries()) known.forget(key)
    },
  })
}
