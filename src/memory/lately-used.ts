interface Using<T> {
  /** How much all may take together, as `sizeOf` counts each, and its key with it; those that were not asked for the longest make room. */
  mostSize: number
  sizeOf: (what: T) => number
}

/** What can be made again, kept as long as there is room: of what strangers can ask for in ever new ways, its size has a bound. */
export function latelyUsed<T>({ mostSize, sizeOf }: Using<T>) {
  const kept = new Map<string, T>()
  let size = 0

  /** Strangers choose how long an address is, too. */
  const sizeWith = (key: string, one: T) => key.length + sizeOf(one)

  function forget(key: string): void {
    const one = kept.get(key)
    if (one === undefined) return
    kept.delete(key)
    size -= sizeWith(key, one)
  }

  return {
    /** What is kept under that key: now it is the last to make room. */
    find(key: string): T | undefined {
      const one = kept.get(key)
      if (one === undefined) return undefined
      kept.delete(key)
      kept.set(key, one)
      return one
    },
    /** Keeps it, in place of what was kept under that key; not where it is larger than all may be together. */
    keep(key: string, one: T): void {
      forget(key)
      if (sizeWith(key, one) > mostSize) return
      kept.set(key, one)
      size += sizeWith(key, one)
      for (const [oldest] of kept) {
        if (size <= mostSize) return
        forget(oldest)
      }
    },
    forgetAll(): void {
      kept.clear()
      size = 0
    },
    /** How much they take together. */
    size: () => size,
  }
}
