import type { FastifyRequest } from 'fastify'
import { type KnownReleases, ownYears } from '../../actions/known-releases.ts'
import { sourceOfYear, type YearSource } from '../../actions/year-before.ts'
import { phaseOf } from '../../results/phase.ts'
import { type Reader, seenRelease, type Unseen } from '../../results/readers.ts'
import type { Release } from '../../results/release-store.ts'
import type { AnswerStores } from '../../stores.ts'

/** What is read of the year that an address asks for. */
export interface Found {
  year: number
  years: number[]
  readable: ReadonlyMap<number, Release>
  release?: Release
  /** From where the year before is read. */
  before?: YearSource
  /** The number of the newest release of the year that its reader may see. */
  newest?: number
  unseen: Unseen
  /** Years of which figures were imported, and none are our own, the oldest first. */
  earlier: number[]
}

/** The same for somebody: what participants alone are let see is not for municipalities that took no part, who read what everybody does. */
export async function foundFor(
  asked: Pick<FastifyRequest, 'params' | 'query'>,
  known: KnownReleases,
  { reader, now }: { reader: Reader; now: Date },
  results: Pick<AnswerStores['results'], 'listReleasedMunicipalities'>,
): Promise<Found> {
  const found = foundRelease(asked, known, { reader, now })
  const { release } = found
  if (!release || reader === 'public' || reader.municipalityCode === undefined) return found
  if (phaseOf(release.steps, now) !== 'released') return found
  const { roundId, number } = release
  const took = await results.listReleasedMunicipalities({ roundId, number })
  const isAmong = took.some(({ area }) => area === reader.municipalityCode)
  return isAmong ? found : foundRelease(asked, known, { reader: 'public', now })
}

/** The release of a year that is read, the newest year's where none is named, and that of the year before. */
export function foundRelease(
  { params, query }: Pick<FastifyRequest, 'params' | 'query'>,
  known: KnownReleases,
  { reader, now }: { reader: Reader; now: Date },
): Found {
  const { rounds, imported } = known
  const wanted = (params as { year?: string }).year
  const named = Number((query as { release?: unknown }).release)
  const number = Number.isInteger(named) && named > 0 ? named : undefined
  const years = new Map<number, Release | Unseen>()
  for (const { year, releases } of rounds) {
    const isAsked = wanted !== undefined && Number(wanted) === year
    const seen = seenRelease(reader, releases, { now, number: isAsked ? number : undefined })
    const other = years.get(year)
    if (!other || 'why' in other) years.set(year, seen)
  }
  const readable = new Map([...years].filter((one): one is [number, Release] => !('why' in one[1])))
  const sorted = [...readable.keys()].sort((one, other) => other - one)
  const year = wanted === undefined ? (sorted[0] ?? Math.max(0, ...years.keys())) : Number(wanted)
  const seen = years.get(year)
  const unseen: Unseen = seen && 'why' in seen ? seen : { why: 'not-yet' }
  const newest = rounds.flatMap((round) => {
    const seen = round.year === year ? seenRelease(reader, round.releases, { now }) : undefined
    return seen && !('why' in seen) ? [seen.number] : []
  })[0]
  const release = readable.get(year)
  const before = sourceOfYear(year - 1, readable, known, now)
  const own = ownYears(known, now)
  const earlier = [...new Set(imported.map((one) => one.year))].filter((one) => !own.has(one)).sort((a, b) => a - b)
  return { year, years: sorted, readable, release, before, newest, unseen, earlier }
}
