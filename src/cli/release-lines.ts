import { phaseOf, type ReleasePhase } from '../results/phase.ts'
import type { Release } from '../results/release-store.ts'

const seenBy: Record<ReleasePhase, string> = {
  opened: 'which only administrators see',
  released: 'which participants see',
  published: 'which everybody sees',
  withdrawn: 'which was withdrawn',
}

/**
 * What is said of the release that a count came to: who sees it, whether it is as it was, and what comes next.
 * @param before the same one before the count, where there was one
 * @param reason what was given as the reason of a correction
 */
export function releaseLines(
  release: Release,
  { before, reason, now }: { before?: Release; reason?: string; now: Date },
): string[] {
  const { roundId, number, steps } = release
  const isSame = before?.hash === release.hash
  return [
    `What may be told of them is release ${number}, ${seenBy[phaseOf(steps, now)]}.`,
    ...(isSame ? [`They come out as before: nothing of release ${number} has changed.`] : []),
    ...(isSame && reason !== undefined && release.reason !== reason
      ? ['There is nothing to correct, so the reason was not kept.']
      : []),
    ...(steps.length === 0 ? [`Next: brukarsvar results propose ${roundId} release`] : []),
  ]
}
