const hour = 3_600_000

/** Lets something be done a few times an hour for each key, counted in memory. */
export function fewAnHour(most: number, clock: () => Date) {
  const times = new Map<string, number[]>()
  return {
    /** Whether it may be done once more; then it counts. */
    take(key: string): boolean {
      const since = clock().getTime() - hour
      for (const [known, all] of times) if (all.at(-1)! <= since) times.delete(known)
      const recent = (times.get(key) ?? []).filter((at) => at > since)
      if (recent.length >= most) return false
      times.set(key, [...recent, clock().getTime()])
      return true
    },
  }
}
