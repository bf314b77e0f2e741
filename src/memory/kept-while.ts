import { latelyUsed } from './lately-used.ts'

/** What was made of a state that all of it stands on, kept as long as there is room and that state stays: nothing of before is found. */
export function keptWhile<T>(using: Parameters<typeof latelyUsed<T>>[0]) {
  const kept = latelyUsed<T>(using)
  let state = ''

  return {
    find(now: string, key: string): T | undefined {
      if (now !== state) kept.forgetAll()
      state = now
      return kept.find(key)
    },
    /** Keeps what was made of a state that was known; not where that is no longer so. */
    keep(known: string, key: string, one: T): void {
      if (known === state) kept.keep(key, one)
    },
    size: kept.size,
  }
}
