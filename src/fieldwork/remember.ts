/**
 * Works something out at most once in so many seconds, for everybody who asks: the nation's figures stand beside everyone's own.
 * What fails is not remembered, and `forget` lets all of it be worked out anew.
 */
export function remember<T>(work: (key: string) => Promise<T>, seconds: number, clock: () => Date) {
  const known = new Map<string, { value: Promise<T>; until: number }>()
  const ask = (key: string): Promise<T> => {
    const now = clock().getTime()
    const found = known.get(key)
    if (found && now < found.until) return found.value
    const value = work(key)
    known.set(key, { value, until: now + seconds * 1000 })
    value.catch(() => known.get(key)?.value === value && known.delete(key))
    return value
  }
  return Object.assign(ask, { forget: () => known.clear() })
}
