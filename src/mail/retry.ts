const minute = 60_000
const longest = 6 * 60 * minute
const afterwards = 2 * 24 * 60 * minute

/**
 * When to try again after some failed attempts: 1, 2, 4 … minutes later, at most 6 hours, until two days have passed since the
 * first; `undefined` to give up.
 */
export function nextAttempt(failed: number, now: Date): Date | undefined {
  const waits = Array.from({ length: failed }, (_, index) => Math.min(minute * 2 ** index, longest))
  const passed = waits.reduce((sum, wait) => sum + wait, 0)
  return passed > afterwards ? undefined : new Date(now.getTime() + waits.at(-1)!)
}
