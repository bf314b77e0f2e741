import { lately } from './lately.ts'

const hour = 3_600_000

/** Lets something be done a few times an hour for each key, counted in memory. */
export function fewAnHour(most: number, clock: () => Date) {
  const times = lately<number[]>(clock, { minutes: 60, weightOf: ({ length }) => length })
  const recent = (key: string) => (times.find(key) ?? []).filter((at) => at > clock().getTime() - hour)
  /** Whether it may be done once more. */
  const isLeft = (key: string): boolean => recent(key).length < most
  return {
    isLeft,
    /** Whether it may be done once more; then it counts. */
    take(key: string): boolean {
      if (!isLeft(key)) return false
      times.put(key, [...recent(key), clock().getTime()])
      return true
    },
  }
}
