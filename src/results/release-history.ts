import { type ReleaseStep, stepsInEffect } from './phase.ts'
import { type Reader, wasSeen, withdrawalFrom } from './readers.ts'

/** A release in the history of its year. Instants are ISO texts. */
export interface ReleaseHistory {
  number: number
  madeAt: string
  /** From when on everybody could read it; absent where they never could. */
  publishedAt?: string
  /** What a correction changed, and why. */
  reason?: string
  /** Since when it can be read no more, and why. */
  withdrawn?: { since: string; reason: string }
}

interface Released extends Pick<ReleaseHistory, 'number' | 'madeAt' | 'reason'> {
  steps: readonly ReleaseStep[]
}

/** The releases that a reader may read, or could before they were withdrawn, in their order. */
export function releaseHistory(releases: readonly Released[], reader: Reader, now: Date): ReleaseHistory[] {
  const seen = releases.filter(({ steps }) => wasSeen(reader, steps, now))
  return seen.map(({ number, madeAt, reason, steps }) => {
    const last = (kind: ReleaseStep['kind']) => stepsInEffect(steps, now).findLast((step) => step.kind === kind)
    const withdrawal = withdrawalFrom(reader, steps, now)
    return {
      ...{ number, madeAt, reason, publishedAt: last('publish')?.takesEffect },
      ...(withdrawal ? { withdrawn: { since: withdrawal.takesEffect, reason: withdrawal.reason ?? '' } } : {}),
    }
  })
}
