import type { FastifyRequest } from 'fastify'
import type { KnownReleases } from '../../actions/known-releases.ts'
import { DomainError } from '../../errors.ts'
import type { AnswerStores } from '../../stores.ts'
import type { Found } from './found-release.ts'

/** No survey was made before. */
const firstYear = 2014

interface Known extends Pick<KnownReleases, 'rounds'> {
  found: Found
  /** Where the pages begin. */
  base: string
  now: Date
}

/**
 * Where somebody is led who asks for a municipality without a year: to the newest year in which it took part, or to the newest of all, which
 * says that it did not. Four digits are a year where a round has it, and where one may have had it or will have it soon.
 * @throws DomainError `not-found` where they are neither a year nor a municipality
 */
export async function addressWithYear(
  { params }: FastifyRequest,
  { rounds, found, base, now }: Known,
  { organisation, results }: Pick<AnswerStores, 'organisation' | 'results'>,
): Promise<string | undefined> {
  const { year: code, ...others } = params as Record<string, string>
  const number = Number(code)
  const isYear = rounds.some(({ year }) => year === number) || (number >= firstYear && number <= now.getFullYear() + 1)
  if (code === undefined || isYear || Object.keys(others).length > 0) return undefined
  if (!(await organisation.listMunicipalities()).some((one) => one.code === code))
    throw new DomainError('not-found', 'There is no such municipality.')
  const years = await yearsOf(code, found.readable, results)
  const newest = Math.max(...(years.length > 0 ? years : found.years))
  return Number.isFinite(newest) ? `${base}/${newest}/${code}` : base
}

/** In which of some years a municipality took part, in their order. */
export async function yearsOf(
  code: string,
  readable: ReadonlyMap<number, { roundId: string; number: number }>,
  results: AnswerStores['results'],
): Promise<number[]> {
  const years: number[] = []
  for (const [year, key] of readable) {
    const tookPart = (await results.listReleasedMunicipalities(key)).some(({ area }) => area === code)
    if (tookPart) years.push(year)
  }
  return years
}
