import type { Indicator, ReleasedArea } from '../results/indicator.ts'
import { phaseOf, stepsInEffect } from '../results/phase.ts'
import { maySee, type Reader } from '../results/readers.ts'
import type { Release } from '../results/release-store.ts'

/** Of which municipality a package is alone, and the instant at which it is asked what participants may see. */
export interface ArchivePart {
  municipality: string
  now: Date
}

/** The releases that a municipality may hold, with the steps that have come; all of them, with every step, where none is named. */
export function releasesFor(releases: readonly Release[], part: ArchivePart | undefined): Release[] {
  if (!part) return [...releases]
  const { municipality: municipalityCode, now } = part
  const reader: Reader = { role: 'coordinator', municipalityCode }
  return releases
    .filter(({ steps }) => maySee(reader, phaseOf(steps, now)))
    .map((release) => ({ ...release, steps: stepsInEffect(release.steps, now) }))
}

/** The municipality and its units, of the areas of a release; all municipalities where none is named: whoever leads the survey sees no unit. */
export const areasFor = (areas: readonly ReleasedArea[], part: ArchivePart | undefined): ReleasedArea[] =>
  areas.filter(({ level, area, within }) =>
    part ? area === part.municipality || within === part.municipality : level !== 'unit',
  )

/** The indicators of these areas alone. */
export function indicatorsOf(areas: readonly ReleasedArea[], indicators: readonly Indicator[]): Indicator[] {
  const own = new Set(areas.map(({ level, area }) => `${level} ${area}`))
  return indicators.filter(({ level, area }) => own.has(`${level} ${area}`))
}
