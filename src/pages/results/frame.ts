import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '../../language/languages.ts'
import type { QuestionId } from '../../questionnaire/questions.ts'
import type { ReleasePhase } from '../../results/phase.ts'

/** The pages of the menu. */
export const menu = ['nation', 'municipalities', 'questions', 'compare', 'about'] as const

/** What stands around a page of results, and what its view writes numbers with. */
export interface Frame {
  /** Where the pages begin: `/sv/results`, or `/staff/results` for participants. */
  base: string
  /** What the page is called. */
  title: string
  year: number
  /** The questions that were asked in other words the year before, where that can be read. */
  reworded: QuestionId[]
  /** Whether the page lays young people beside the year before, when other people counted as them. */
  isRegrouped: boolean
  /** Of the years that can be read, the newest first. */
  years: number[]
  /** The same page in each of them. */
  otherYears: { year: number; href: string }[]
  /** The page of the menu that this one belongs to. */
  here?: (typeof menu)[number]
  /** The files of its figures, by how they end: `xlsx`. */
  files: { ending: string; href: string }[]
  /** What comes after the year in its address: empty, or `/1489`. */
  path: string
  /** The release that the address names: forms send it along. */
  pinned?: number
  /** The number of the newest release, where another one is read. */
  newest?: number
  release: { number: number; madeAt: string; reason?: string; phase: ReleasePhase }
  /** Whether the staff's frame stands around the page. */
  isForStaff: boolean
  /** Whether the figures are made up, to practise with. */
  isPractice: boolean
  /** The open data as search engines read it, JSON-LD that can stand in HTML: on the first page of all. */
  dataset?: string
  /** Under which licence everybody may use the figures; absent of units, which are not for everybody. */
  licence?: { name: string; href: string }
  /** The same page in the other of the two languages, where there is one. */
  other?: { code: string; name: string; href: string }
  /** Whole or with the decimals that it has: "79 %". */
  percent: (number: number) => string
  /** An ISO instant, in Swedish time. */
  time: (instant: string) => string
  /** Where a page of the same year lies: `to('/1489')`. */
  to: (path: string) => string
}

/** Sends what stands in a page of results in another frame than the public's. `content` is HTML. */
export type Framed = (
  request: FastifyRequest,
  reply: FastifyReply,
  view: 'staff/results',
  shown: { title: string; content: string },
  status: number,
) => unknown

/** The query of an address without what holds for one year only. */
export function withoutRelease(address: string): string {
  const query = new URLSearchParams(address.split('?')[1])
  query.delete('release')
  query.delete('page')
  return query.size === 0 ? '' : `?${query}`
}

/** How numbers and times are written in a language. */
export function writtenIn({ intl }: Language): Pick<Frame, 'percent' | 'time'> {
  const percent = new Intl.NumberFormat(intl, { style: 'percent', maximumFractionDigits: 1 })
  const time = new Intl.DateTimeFormat(intl, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Stockholm' })
  return {
    percent: (number) => percent.format(number / 100),
    time: (instant) => time.format(new Date(instant)),
  }
}
