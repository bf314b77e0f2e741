export interface SteadyClockOptions {
  clock: () => Date
  /** Milliseconds of a clock that nobody sets. */
  elapsedMs?: () => number
  /** Is told once when the clock has jumped, by how many seconds. */
  onJump?: (seconds: number) => void
}

/** By so much two clocks may part from one look to the next, and for so long a clock that has jumped is not believed. In milliseconds. */
const [mostApartMs, waitMs] = [5 * 60_000, 60 * 60_000]

/** So far two clocks drift apart in months of running, or are brought together again little by little. */
const driftMs = 60 * 60_000

export interface SteadyClock {
  /** Whether the clock goes evenly, as far as it has been looked at: to be asked every minute. */
  isSteady(): boolean
  /** Whether it stands where it would stand if nobody had set it since the start. */
  isAsAtStart(): boolean
}

/**
 * Follows whether the clock can be believed with what is written once and never corrected, such as the figures of a day that has ended.
 * A clock that was set by mistake is set back, as a rule within the hour; one that was set right has only waited. It cannot know that a
 * clock was wrong from the start: see clock-doubt.ts.
 */
export function steadyClock({ clock, elapsedMs = () => performance.now(), onJump }: SteadyClockOptions): SteadyClock {
  const apart = () => clock().getTime() - elapsedMs()
  const atStart = apart()
  let before = atStart
  let jumpedAt = Number.NEGATIVE_INFINITY
  function isSteady() {
    const now = apart()
    const jump = now - before
    before = now
    if (Math.abs(jump) > mostApartMs) {
      jumpedAt = elapsedMs()
      onJump?.(Math.round(jump / 1000))
    }
    return elapsedMs() - jumpedAt >= waitMs
  }
  return { isSteady, isAsAtStart: () => Math.abs(apart() - atStart) <= driftMs }
}
