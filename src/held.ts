interface Holding<T> {
  /** How long each is held. */
  minutes: number
  /** How many are held at once; the one that has been held longest makes room. */
  most?: number
  /** Is given each that is let go, whatever the reason. */
  onLeaving?: (what: T) => void
}

/**
 * What is held in memory for a while and nowhere else. It is let go when its time is up, also when nobody comes by: by a
 * timer of its own, and never given out when the clock says that the timer is late.
 */
export function hold<T>(clock: () => Date, { minutes, most = Number.POSITIVE_INFINITY, onLeaving }: Holding<T>) {
  const held = new Map<string, { what: T; until: number; timer: NodeJS.Timeout }>()

  function forget(id: string): void {
    const one = held.get(id)
    if (!one) return
    clearTimeout(one.timer)
    held.delete(id)
    onLeaving?.(one.what)
  }

  function forgetOld(): void {
    for (const [id, { until }] of held) if (until <= clock().getTime()) forget(id)
  }

  return {
    /** Holds it from now on, in place of what was held under that id. */
    keep(id: string, what: T): void {
      forgetOld()
      forget(id)
      const [oldest] = held.keys()
      if (oldest !== undefined && held.size >= most) forget(oldest)
      const timer = setTimeout(() => forget(id), minutes * 60_000).unref()
      held.set(id, { what, until: clock().getTime() + minutes * 60_000, timer })
    },
    /** What is held under that id; `undefined` when it never was, and when its time is up. */
    find(id: string): T | undefined {
      forgetOld()
      return held.get(id)?.what
    },
    /** All that is held, the one held longest first. */
    entries(): [id: string, what: T][] {
      forgetOld()
      return [...held].map(([id, { what }]) => [id, what])
    },
    forget,
  }
}
