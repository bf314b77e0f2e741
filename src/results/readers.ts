import type { Role } from '../people/roles.ts'
import { comingStep, phaseAfter, phaseOf, type ReleasePhase, type ReleaseStep, stepsInEffect } from './phase.ts'

/** Who reads results: the public, or somebody of staff. */
export type Reader = 'public' | { role: Role; municipalityCode?: string }

const seenIn: Record<'public' | 'participant' | 'national', readonly ReleasePhase[]> = {
  public: ['published'],
  participant: ['released', 'published'],
  national: ['opened', 'released', 'published'],
}

const kindOf = (reader: Reader) =>
  reader === 'public' ? 'public' : reader.role === 'national' ? 'national' : 'participant'

/** Whether somebody may read a release in its phase. */
export const maySee = (reader: Reader, phase: ReleasePhase): boolean => seenIn[kindOf(reader)].includes(phase)

/** Whether somebody may read a release, or could before it was withdrawn. */
export const wasSeen = (reader: Reader, steps: readonly ReleaseStep[], now: Date): boolean =>
  maySee(reader, 'opened') || stepsInEffect(steps, now).some(({ kind }) => maySee(reader, phaseAfter[kind]))

/** The withdrawal that took a release from somebody who could read it, where they may not read it again since; whoever else was let see it. */
export function withdrawalFrom(reader: Reader, steps: readonly ReleaseStep[], now: Date): ReleaseStep | undefined {
  if (maySee(reader, phaseOf(steps, now))) return undefined
  const came = stepsInEffect(steps, now)
  const at = came.findLastIndex(({ kind }) => kind === 'withdraw')
  return wasSeen(reader, came.slice(0, at), now) ? came[at] : undefined
}

/** Whether somebody may read the units of a municipality, once they see a release: those who lead it and its viewers. */
export const maySeeUnits = (reader: Reader, municipalityCode: string): boolean =>
  reader !== 'public' &&
  (reader.role === 'coordinator' || reader.role === 'viewer') &&
  reader.municipalityCode === municipalityCode

interface Stepped {
  number: number
  steps: readonly ReleaseStep[]
}

/** Why there is nothing to read: it is not yet to be seen, from an instant on where that is known, or it was withdrawn, since when and why. */
export type Unseen = { why: 'not-yet'; from?: string } | { why: 'withdrawn'; since: string; reason: string }

/**
 * The release of a round that somebody reads: the newest that they may, or one that they name; or why there is none. What a correction
 * corrected does not come back when the correction is withdrawn, or is shown again to others: it is read only by whoever names it.
 * @param releases of one round, the newest first
 */
export function seenRelease<Release extends Stepped>(
  reader: Reader,
  releases: readonly Release[],
  { now, number }: { now: Date; number?: number },
): Release | Unseen {
  const wanted = releases.filter((release) => number === undefined || release.number === number)
  const withdrawalOf = ({ steps }: Release) => withdrawalFrom(reader, steps, now)
  const newest = wanted.find((release) => maySee(reader, phaseOf(release.steps, now)) || withdrawalOf(release))
  const withdrawal = newest && withdrawalOf(newest)
  if (newest && !withdrawal) return newest
  if (withdrawal) return { why: 'withdrawn', since: withdrawal.takesEffect, reason: withdrawal.reason ?? '' }
  const isForThem = (kind: string) => kind === 'publish' || kindOf(reader) === 'participant'
  const coming = wanted.map(({ steps }) => comingStep(steps, now)).find((step) => step && isForThem(step.kind))
  return { why: 'not-yet', ...(coming ? { from: coming.takesEffect } : {}) }
}
