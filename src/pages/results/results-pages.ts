import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { knownReleases } from '../../actions/known-releases.ts'
import { type YearBefore, yearBefore } from '../../actions/year-before.ts'
import { DomainError } from '../../errors.ts'
import type { Language } from '../../language/languages.ts'
import type { Reader } from '../../results/readers.ts'
import type { Release } from '../../results/release-store.ts'
import type { AnswerStores } from '../../stores.ts'
import { type ReadyPage, seeOther, sendPage, sendPublished } from '../../web/page.ts'
import type { RenderPage } from '../../web/views.ts'
import { foundFor } from './found-release.ts'
import type { Frame, Framed } from './frame.ts'
import { type Framing, framesOf } from './frame-of.ts'
import { keptPages } from './kept-pages.ts'
import { type PageFiles, savedFile, savedLinks } from './page-files.ts'
import type { PagePictures } from './page-pictures.ts'
import { earlierFigures, whyUnseen } from './unseen.ts'
import type { Views } from './views.ts'
import { addressWithYear } from './without-year.ts'

/** What the pages of results are made with, for the public or for staff. */
export interface ResultsContext extends Framing {
  stores: Pick<AnswerStores, 'results' | 'round' | 'organisation' | 'fieldwork' | 'history' | 'ownTexts'>
  render: RenderPage<Views>
  languageOf: (request: FastifyRequest) => Language
  readerOf: (request: FastifyRequest) => Reader
  /** Of pages that do not stand in the public's frame. */
  framed?: Framed
  /** What the routes are given, for whoever looks whether somebody may ask them. */
  config?: { may: 'read results' }
}

/** A page that is asked for, of a release that its reader may see. */
export interface AskedPage {
  request: FastifyRequest
  params: Record<string, string>
  query: Record<string, unknown>
  reader: Reader
  language: Language
  t: (key: string, values?: Record<string, string | number>) => string
  key: { roundId: string; number: number }
  /** The release of the year before that its reader may see. */
  before?: YearBefore
  /** Of each year that its reader may see. */
  readable: ReadonlyMap<number, { roundId: string; number: number }>
  year: number
  frame: Frame
}

/** A view with what it is given beside the frame, and what of it can be saved. */
type Shown = {
  [View in keyof Views]: {
    view: View
    title: string
    data: Omit<Views[View], 'frame' | 'pictures'>
    pictures?: PagePictures
    files?: PageFiles
    status?: number
  }
}[keyof Views]

/**
 * Adds pages of results. Each is `path` after the year, such as `/:municipality`; `make` says what is shown, or nothing where there is no
 * such page. What can be saved lies beside it: `/:municipality/pictures/priority.png`, `/:municipality/files/figures.xlsx`.
 */
export function resultsPages(app: FastifyInstance, context: ResultsContext) {
  const { render, languages, clock, config } = context
  const isForStaff = config !== undefined
  const releases = knownReleases(context)
  const pages = keptPages()
  const frameOf = framesOf(context)

  return function page(
    path: string,
    here: Frame['here'],
    make: (asked: AskedPage) => Promise<Shown | undefined>,
  ): void {
    const place = `/:year(^\\d{4}$)${path}`
    for (const address of [place, `${place}/pictures/:file`, `${place}/files/:file`, ...(path === '' ? ['/'] : [])])
      app.get(address, config ? { config } : {}, async (request, reply) => answer(request, reply, here, make))
  }

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    here: Frame['here'],
    make: (asked: AskedPage) => Promise<Shown | undefined>,
  ): Promise<void> {
    const language = context.languageOf(request)
    const known = await releases(isForStaff)
    const kept = isForStaff ? undefined : pages.find(known.key, request.url)
    if (kept) return sendPublished(request, reply, kept)
    const found = await foundFor(
      request,
      known,
      { reader: context.readerOf(request), now: clock() },
      context.stores.results,
    )
    const base = context.base(language)
    const withYear = await addressWithYear(request, { ...known, found, base, now: clock() }, context.stores)
    if (withYear !== undefined) return void seeOther(reply, withYear)
    const frame = frameOf(request, language, found, here)
    if (!found.release) {
      const { unseen } = found
      const earlier = earlierFigures(request, found, base)
      const why = whyUnseen(found)
      const key = `results.unseen.${why}`
      const title = languages.text(language, key, { year: String(found.year) })
      const page = await render('results/unseen', language, { frame: { ...frame, title }, unseen, earlier })
      const isHome = isForStaff && (request.params as { year?: string }).year === undefined
      const status = isHome ? 200 : unseen.why === 'not-yet' ? 404 : 410
      return send(request, reply, { title, page, status })
    }
    const { release } = found
    const before = found.before && (await yearBefore(context.stores, release, found.before))
    const isOfYoung = here === 'questions' || (request.params as { group?: string }).group === 'youth'
    const isRegrouped = isOfYoung && before?.regrouped !== undefined
    const asked: AskedPage = {
      ...{
        request,
        language,
        year: found.year,
        frame: { ...frame, reworded: before?.reworded ?? [], isRegrouped },
        reader: context.readerOf(request),
      },
      params: request.params as Record<string, string>,
      query: request.query as Record<string, unknown>,
      t: (key, values) => languages.text(language, key, values),
      key: keyOf(release),
      before,
      readable: new Map([...found.readable].map(([year, one]) => [year, keyOf(one)])),
    }
    const shown = await make(asked)
    if (!shown) throw new DomainError('not-found', 'There is no such page of results.')
    const isPage = asked.params.file === undefined || shown.status !== undefined
    const { pictures, files } = savedLinks(shown, asked)
    const page = isPage
      ? await render(shown.view, language, {
          ...{ ...shown.data, pictures },
          frame: { ...asked.frame, title: shown.title, files },
        } as never)
      : await savedFile(shown, asked, reply)
    if (isForStaff && !isPage) return sendPage(request, reply, page)
    if (isForStaff || shown.status !== undefined) return send(request, reply, { ...shown, page })
    const published = page.published()
    pages.keep(known.key, request.url, published)
    return sendPublished(request, reply, published)
  }

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    { title, page, status = 200 }: { title: string; page: ReadyPage; status?: number },
  ): Promise<void> {
    const { framed } = context
    if (framed) await framed(request, reply, 'staff/results', { title, content: page.body.toString() }, status)
    else sendPage(request, reply, page, status)
  }
}

const keyOf = ({ roundId, number }: Release) => ({ roundId, number })
