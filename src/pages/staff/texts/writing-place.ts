import type { FastifyRequest } from 'fastify'
import { areFiguresChanged } from '../../../actions/changed-figures.ts'
import { knownReleases } from '../../../actions/known-releases.ts'
import { sourceOfYear, type YearBefore, yearBefore } from '../../../actions/year-before.ts'
import type { OwnText } from '../../../own-texts/own-text.ts'
import { nationArea } from '../../../results/indicator.ts'
import { phaseOf, type ReleasePhase } from '../../../results/phase.ts'
import { seenRelease } from '../../../results/readers.ts'
import type { Release } from '../../../results/release-store.ts'
import type { StaffContext } from '../context.ts'

/** Of what somebody writes: a year of their municipality, or of the nation, by the release of it that they may see. */
export interface WritingPlace {
  year: number
  /** Those of which they can write, the newest first. */
  years: number[]
  release: Release
  phase: ReleasePhase
  /** A municipality's code, or `0000` for the nation; and the municipality's name. */
  area: string
  name?: string
  before?: YearBefore
  /** What was published before a correction changed figures of the area. */
  isBeforeCorrection: (text: OwnText) => Promise<boolean>
}

/** Finds of what whoever asks can write, in the year of the address or the newest; nothing where there are no results that they may see. */
export function writingPlaces({ stores, clock }: Pick<StaffContext, 'stores' | 'clock'>) {
  const known = knownReleases({ stores, clock })

  return async function find({ staff, params, query }: FastifyRequest): Promise<WritingPlace | undefined> {
    const now = clock()
    const area = staff.role === 'national' ? nationArea : staff.municipalityCode!
    const readable = new Map<number, Release>()
    let name: string | undefined
    const all = await known(true)
    for (const { year, releases } of all.rounds) {
      const seen = seenRelease(staff, releases, { now })
      if ('why' in seen || readable.has(year)) continue
      const own = (await stores.results.listReleasedMunicipalities(seen)).find((one) => one.area === area)
      if (area !== nationArea && !own) continue
      name ??= own?.name
      readable.set(year, seen)
    }
    const years = [...readable.keys()].sort((one, other) => other - one)
    const asked = (params as { year?: string }).year ?? (query as { year?: unknown }).year
    const year = asked === undefined ? years[0] : Number(asked)
    const release = year === undefined ? undefined : readable.get(year)
    if (year === undefined || !release) return undefined
    const last = sourceOfYear(year - 1, readable, all, now)
    return {
      ...{ year, years, release, area, name },
      phase: phaseOf(release.steps, now),
      before: last && (await yearBefore(stores, release, last)),
      async isBeforeCorrection({ published }) {
        if (!published?.isPublic) return false
        const of = { roundId: release.roundId, area }
        return areFiguresChanged(stores, of, { from: published.release, to: release.number })
      },
    }
  }
}
