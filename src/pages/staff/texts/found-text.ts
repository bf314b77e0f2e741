import type { FastifyRequest } from 'fastify'
import { DomainError } from '../../../errors.ts'
import type { Language } from '../../../language/languages.ts'
import type { OwnText, OwnTextKey } from '../../../own-texts/own-text.ts'
import { type OwnTextKind, ownTextKinds } from '../../../own-texts/own-text.ts'
import type { StaffContext } from '../context.ts'
import { type WritingPlace, writingPlaces } from './writing-place.ts'

/** In which languages a text of a kind can be written: what happens now in all that people are asked in, the others where results are read. */
export function languagesOf(kind: OwnTextKind, { all }: StaffContext['languages']): Language[] {
  return kind === 'next' ? all : all.filter(({ code }) => code === 'sv' || code === 'en')
}

/** The text of an address, begun or not, and of what it is written. */
export interface FoundText {
  place: WritingPlace
  key: OwnTextKey
  written: Language
  at: string
  text?: OwnText
}

/** Finds the text of an address. @throws DomainError `not-found` where there is no such, or nothing to write of */
export function textFinder({ stores, clock, languages }: Pick<StaffContext, 'stores' | 'clock' | 'languages'>) {
  const placeOf = writingPlaces({ stores, clock })
  return async function find(request: FastifyRequest): Promise<FoundText> {
    const { kind: asked, language } = request.params as Record<'kind' | 'language', string>
    const kind = ownTextKinds.find((one) => one === asked)
    const written = kind && languagesOf(kind, languages).find(({ code }) => code === language)
    const place = await placeOf(request)
    if (!kind || !written || !place) throw new DomainError('not-found', 'There is no such text.')
    const key = { roundId: place.release.roundId, area: place.area, kind, language: written.code }
    const at = `/staff/texts/${place.year}/${kind}/${written.code}`
    return { place, key, written, at, text: await stores.ownTexts.findOwnText(key) }
  }
}

/** How a deed names a text. */
export const subjectOf = ({ roundId, kind, language }: OwnTextKey): string => `${roundId}, ${kind}, ${language}`

/** Where everybody reads the texts of a place, in the staff's pages. */
export const readAddress = ({ year, area, name }: Pick<WritingPlace, 'year' | 'area' | 'name'>): string =>
  `/staff/results/${year}${name === undefined ? '' : `/${area}`}/brief`
