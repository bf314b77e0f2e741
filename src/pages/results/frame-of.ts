import type { FastifyRequest } from 'fastify'
import type { Language, Languages } from '../../language/languages.ts'
import { phaseOf } from '../../results/phase.ts'
import { isPracticeOf } from '../../results/release.ts'
import type { Found } from './found-release.ts'
import { type Frame, withoutRelease, writtenIn } from './frame.ts'

/** What the pages are made with, as far as their frame needs it. */
export interface Framing extends Pick<Frame, 'isPractice'> {
  licence: NonNullable<Frame['licence']>
  /** Where the pages of a language begin, and in which languages there are any; of staff, everybody has one. */
  base: (language: Language) => string
  languages: Languages
  clock: () => Date
  /** The open data of some years, the first one first, as JSON-LD that can stand in HTML; of the public's pages. */
  datasetIn?: (language: Language, of: { years: readonly number[]; isPractice: boolean }) => string
  /** Of the pages of staff. */
  config?: object
}

/** The pages and files of units, which are never published. */
const ofUnits = /^\/\d{4}\/units(\/|$)/

/** What stands around the pages of results, for whoever asks for one. */
export function framesOf(context: Framing) {
  const { languages, clock, config } = context
  const isForStaff = config !== undefined

  return function frameOf(
    request: FastifyRequest,
    language: Language,
    { year, years, release, newest, earlier }: Found,
    here: Frame['here'],
  ): Frame {
    const base = context.base(language)
    const full = request.url.split('?')[0]!
    const path = full
      .slice(base.length)
      .replace(/^\/(\d{4})?\/?/, '/')
      .replace(/\/$/, '')
    const code = language.code === 'en' ? 'sv' : 'en'
    const other = languages.find(code)!
    const isPractice = context.isPractice || isPracticeOf(release)
    const phase = release ? phaseOf(release.steps, clock()) : 'opened'
    const pinned = release && (request.query as { release?: unknown }).release ? release.number : undefined
    const withRelease = (place: string) =>
      pinned === undefined ? place : `${place}${place.includes('?') ? '&' : '?'}release=${pinned}`
    return {
      otherYears: years.map((one) => ({
        year: one,
        href: one === year ? request.url : `${base}/${one}${path}${withoutRelease(request.url)}`,
      })),
      ...{
        base,
        title: '',
        year,
        years,
        here,
        path,
        pinned,
        reworded: [],
        isRegrouped: false,
        files: [],
        isForStaff,
        isPractice,
      },
      licence: ofUnits.test(path) ? undefined : context.licence,
      dataset:
        path === ''
          ? context.datasetIn?.(language, {
              years: [...earlier, ...years].sort((one, other) => one - other),
              isPractice,
            })
          : undefined,
      ...writtenIn(language),
      newest: release && newest !== release.number ? newest : undefined,
      release: { number: release?.number ?? 0, madeAt: release?.madeAt ?? '', reason: release?.reason, phase },
      ...(isForStaff
        ? {}
        : {
            other: {
              code,
              name: other.name,
              href:
                year > 0
                  ? `${context.base(other)}/${year}${path}${request.url.slice(full.length)}`
                  : context.base(other),
            },
          }),
      to: (place) => withRelease(`${base}/${year}${place}`),
    }
  }
}
