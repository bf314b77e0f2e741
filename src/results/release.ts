import { smallestShown } from '../disclosure/thresholds.ts'
import type { Place } from '../fieldwork/cells.ts'
import type { Indicator, ReleasedArea } from './indicator.ts'
import type { Opened } from './opening.ts'
import { releaseHash } from './release-hash.ts'
import { type ReleaseGround, releaseIndicators } from './release-indicators.ts'

/** What is told of a round: where its indicators are from, the indicators, and a hash of both. */
export interface ReleaseContent {
  areas: ReleasedArea[]
  indicators: Indicator[]
  hash: string
}

/** What may be told of an opened urn. The same urn, opened again beside the same ground, gives the same to the byte. */
export function releaseOf(opened: Opened, ground: ReleaseGround): ReleaseContent {
  const areas = areasOf(ground)
  const indicators = releaseIndicators(opened, ground)
  return { areas, indicators, hash: releaseHash({ areas, indicators }) }
}

function areasOf({ places, countyOf }: ReleaseGround): ReleasedArea[] {
  const areas = new Map<string, ReleasedArea>()
  for (const { municipalityCode, municipality, unitId, unit } of places) {
    const within = countyOf.get(municipalityCode)!
    areas.set(municipalityCode, { level: 'municipality', area: municipalityCode, name: municipality, within })
    areas.set(unitId, { level: 'unit', area: unitId, name: unit, within: municipalityCode })
  }
  return [...areas.values()]
}

/** In which class the number of ballots of a stratum stands in the protocol. */
export type BallotClass = 'none' | 'fewer than ten' | 'ten or more'

/** What the protocol says of an opening beside the indicators. */
export interface OpeningFacts {
  year: number
  /** The program that opened it. */
  version: string
  strata: { municipality: string; unit: string; targetGroup: string; ballots: BallotClass }[]
  /** Ballots of tablets that hold no answers: how many, in steps. Absent where there is none. */
  unreadable?: { low: number; high: number }
  /** What people were asked: the SHA-256 of it in each language. Absent where it was not kept. */
  words?: Record<string, string>
  /** The SHA-256 of the offers as they stood when the rates were worked out. Absent of releases that an earlier version made. */
  offers?: string
  /** Whether answers that waited for somebody's yes were destroyed. */
  isGivenUp: boolean
  /** That the round was for practice, and its figures with it. */
  isPractice?: true
}

/** Whether the figures of a release were made up, or its key lay on the server: whatever is made of them says so. */
export const isPracticeOf = (release: { facts: Pick<OpeningFacts, 'isPractice'> } | undefined): boolean =>
  release?.facts.isPractice === true

/** How many ballots each stratum has, in classes: those in which nobody answered are named too. */
export function ballotClasses(
  places: readonly Place[],
  { responses }: Pick<Opened, 'responses'>,
): OpeningFacts['strata'] {
  const numbers = new Map<string, number>()
  for (const { stratumId, number } of responses) numbers.set(stratumId, (numbers.get(stratumId) ?? 0) + number)
  return places.map(({ id, municipality, unit, targetGroup }) => {
    const number = numbers.get(id) ?? 0
    return {
      municipality,
      unit,
      targetGroup,
      ballots: number === 0 ? 'none' : number < smallestShown ? 'fewer than ten' : 'ten or more',
    }
  })
}
