interface Holding<T> {
  /** How long each is held, in minutes. */
  minutes: number
  /** How many are held at once; the one that has been held longest makes room. */
  most?: number
  /** How much they may take together, as `sizeOf` counts each; those held longest make room. */
  mostSize?: number
  sizeOf?: (what: T) => number
  /** Is given each that is let go, whatever the reason. */
  onLeaving?: (what: T) => void
}

/**
 * What is held in memory for a while and nowhere else. It is let go when its time is up, also when nobody comes by: by a
 * timer of its own, and never given out when the clock says that the timer is late.
 */
export function hold<T>(clock: () => Date, { minutes, onLeaving, ...bounds }: Holding<T>) {
  const { most = Number.POSITIVE_INFINITY, mostSize = Number.POSITIVE_INFINITY, sizeOf = () => 0 } = bounds
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

  function makeRoomFor(what: T): void {
    let size = [...held.values()].reduce((sum, one) => sum + sizeOf(one.what), sizeOf(what))
    for (const [id, one] of held) {
      if (held.size < most && size <= mostSize) return
      size -= sizeOf(one.what)
      forget(id)
    }
  }

  return {
    /** Holds it from now on, in place of what was held under that id. */
    keep(id: string, what: T): void {
      forgetOld()
      forget(id)
      makeRoomFor(what)
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
