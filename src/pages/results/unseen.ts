import type { FastifyRequest } from 'fastify'
import type { Found } from './found-release.ts'

/** Figures of years from before the service, where a year has no results of its own. */
export interface EarlierFigures {
  /** Whether the year that is asked for is one of them. */
  isAsked: boolean
  /** The first and the last of them. */
  years: { from: string; to: string }
  /** The newest year whose pages show them in its series, of the same municipality where one was asked for. */
  series?: { year: string; href: string }
}

type Asked = Pick<FastifyRequest, 'params'>

/** What there is of earlier years for whoever finds nothing of a year. Nothing where none were imported, or another year is what they ask for. */
export function earlierFigures({ params }: Asked, found: Found, base: string): EarlierFigures | undefined {
  const { earlier, years, year, unseen } = found
  const isAsked = earlier.includes(year)
  if (earlier.length === 0 || unseen.why === 'withdrawn' || (!isAsked && years.length > 0)) return undefined
  const { municipality } = params as { municipality?: string }
  const [newest] = years
  const place = municipality === undefined ? '' : `/${municipality}`
  return {
    isAsked,
    years: { from: String(earlier[0]), to: String(earlier.at(-1)) },
    series: newest === undefined ? undefined : { year: String(newest), href: `${base}/${newest}${place}` },
  }
}

/** Why there is nothing to read, as the texts call it. */
export function whyUnseen({ unseen, earlier, year }: Found): 'withdrawn' | 'earlier' | 'notYet' | 'none' {
  if (unseen.why === 'withdrawn') return 'withdrawn'
  if (earlier.includes(year)) return 'earlier'
  return year > 0 ? 'notYet' : 'none'
}
