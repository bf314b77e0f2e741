import type { FastifyRequest } from 'fastify'
import { yearBefore } from '../../actions/year-before.ts'
import { DomainError } from '../../errors.ts'
import { defaultLanguage, type Language } from '../../language/languages.ts'
import { type ShownText, shownText } from '../../own-texts/shown-text.ts'
import { heardOf, type RoundHeard } from '../../results/heard.ts'
import { nationArea } from '../../results/indicator.ts'
import type { AnswerStores } from '../../stores.ts'
import type { Found } from './found-release.ts'
import { yearsOf } from './without-year.ts'

type Stores = Pick<AnswerStores, 'results' | 'round' | 'history' | 'organisation' | 'ownTexts'>

/** A municipality; of the nation there is none. */
export type HeardPlace = { code: string; name: string } | undefined

/** What somebody wants to read. */
export interface AskedHeard {
  language: Language
  place: HeardPlace
  found: Found
}

/** What was heard in a place, and what is done now: in the reader's language where it was written in that, else in Swedish, or as it is. */
export interface PlaceHeard extends RoundHeard {
  next?: ShownText
}

/** @throws DomainError `not-found` where no municipality has the code that is asked for */
export async function placeOf({ params }: FastifyRequest, { organisation }: Stores): Promise<HeardPlace> {
  const { municipality } = params as { municipality?: string }
  if (municipality === undefined) return undefined
  const found = (await organisation.listMunicipalities()).find(({ code }) => code === municipality)
  if (!found) throw new DomainError('not-found', 'There is no such municipality.')
  return found
}

/** What was heard in a place in the year that is asked for; nothing where that is not published, or the place had no part in it. */
export async function roundHeard(
  { found, place, language }: AskedHeard,
  stores: Stores,
): Promise<PlaceHeard | undefined> {
  const { release, year } = found
  if (!release) return undefined
  const { results, ownTexts } = stores
  const nation = { levels: ['nation'], areas: [nationArea] } as const
  if (place && !(await results.listReleasedMunicipalities(release)).some(({ area }) => area === place.code))
    return undefined
  const of = place ? ({ levels: ['municipality'], areas: [place.code] } as const) : nation
  const last = found.before && (await yearBefore(stores, release, found.before))
  const ground = {
    own: await results.listIndicators(release, of),
    nation: place && (await results.listIndicators(release, nation)),
    before: await last?.list(of),
  }
  const { roundId } = release
  const next = await ownTexts.listPublishedTexts({ roundId, area: place?.code ?? nationArea, kind: 'next' })
  return { year, ...heardOf(ground), next: shownText(next, [language.code, defaultLanguage]) }
}

/** The years of which a place can be read, the newest first. */
export async function yearsOfPlace({ found, place }: AskedHeard, { results }: Stores): Promise<number[]> {
  const years = place ? await yearsOf(place.code, found.readable, results) : [...found.readable.keys()]
  return years.sort((one, other) => other - one)
}

/** The municipalities that took part, where the nation is asked for. */
export const municipalitiesOf = async ({ found: { release }, place }: AskedHeard, { results }: Stores) =>
  release && !place ? results.listReleasedMunicipalities(release) : []
