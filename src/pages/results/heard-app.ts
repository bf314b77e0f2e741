import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { knownReleases } from '../../actions/known-releases.ts'
import type { Config } from '../../config.ts'
import { DomainError } from '../../errors.ts'
import { printInTurn } from '../../files/make-file.ts'
import type { Language } from '../../language/languages.ts'
import { heardPrints, heardSheet } from '../../print/heard-sheet.ts'
import { isPracticeOf } from '../../results/release.ts'
import { goneFrom } from '../../web/gone.ts'
import { preferredLanguage } from '../../web/negotiation.ts'
import { type ReadyPage, readyFile, seeOther, sendPage, sendPublished } from '../../web/page.ts'
import { type Found, foundRelease } from './found-release.ts'
import { type AskedHeard, municipalitiesOf, type PlaceHeard, placeOf, roundHeard, yearsOfPlace } from './heard-place.ts'
import { heardView, unheardView } from './heard-view.ts'
import { keptPages } from './kept-pages.ts'
import { inFileName } from './page-pictures.ts'
import type { ResultsContext } from './results-pages.ts'
import { addressWithYear } from './without-year.ts'

type Given = Pick<ResultsContext, 'stores' | 'render' | 'languages' | 'clock'> & {
  settings: Pick<Config, 'publicUrl' | 'keepRoundKey'>
}

/** How much pages for those who answered and their prints may take together, in bytes. */
const mostKept = 12 * 1024 * 1024

/** The addresses of pages after the language; beside each year's lie its prints. */
const places = ['', '/:year(^\\d{4}$)', '/:year(^\\d{4}$)/:municipality(^\\d{4}$)']

/**
 * What was heard, for those who answered: at `/sv/heard/2026/1489`, in each language. `/heard/2026/1489`, which prints lead to, goes on in the
 * language that a browser asks for.
 */
export async function publicHeard(app: FastifyInstance, { settings, ...given }: Given): Promise<void> {
  const { stores, languages, render, clock } = given
  const releases = knownReleases(given)
  const pages = keptPages(mostKept)
  const isPractice = ({ found }: AskedHeard) => settings.keepRoundKey || isPracticeOf(found.release)

  for (const place of places) {
    app.get(`/heard${place}`, async (request, reply) =>
      seeOther(reply, `/${preferredLanguage(request.headers, languages).code}${addressOf(request)}`),
    )
    for (const language of languages.all) {
      const address = `/${language.code}/heard${place}`
      app.get(address, async (request, reply) => answer(request, reply, language))
      if (place !== '') app.get(`${address}/:file`, async (request, reply) => answer(request, reply, language))
    }
  }

  async function answer(request: FastifyRequest, reply: FastifyReply, language: Language): Promise<unknown> {
    const known = await releases()
    const kept = pages.find(known.key, addressOf(request))
    if (kept) return sendPublished(request, reply, kept)
    const now = clock()
    const found = foundRelease({ params: request.params, query: {} }, known, { reader: 'public', now })
    const base = `/${language.code}/heard`
    const withYear = await addressWithYear(request, { ...known, found, base, now }, stores)
    if (withYear !== undefined) return seeOther(reply, withYear)
    const asked: AskedHeard = { language, found, place: await placeOf(request, stores) }
    const heard = await roundHeard(asked, stores)
    const { file } = request.params as { file?: string }
    if (!heard) return sendPage(request, reply, await pageOf(asked), unheardStatus(request, found))
    const ready = file === undefined ? await pageOf(asked, heard) : await printOf(file, asked, heard, request, reply)
    const published = ready.published()
    pages.keep(known.key, addressOf(request), published)
    return sendPublished(request, reply, published)
  }

  async function pageOf(asked: AskedHeard, heard?: PlaceHeard): Promise<ReadyPage> {
    const [years, municipalities] = [await yearsOfPlace(asked, stores), await municipalitiesOf(asked, stores)]
    const around = { ...asked, isPractice: isPractice(asked), languages, years, municipalities }
    const view = heard ? heardView(heard, around) : unheardView(around)
    return render('heard/page', asked.language, view)
  }

  async function printOf(
    file: string,
    asked: AskedHeard,
    heard: PlaceHeard,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<ReadyPage> {
    const { language, place } = asked
    const kind = heardPrints.find((one) => file === `${one}.pdf`)
    if (!kind) throw new DomainError('not-found', 'There is no such print.')
    const sheet = heardSheet({
      ...{ kind, heard, next: heard.next, place, isPractice: isPractice(asked), language, languages },
      publicUrl: settings.publicUrl,
    })
    const turn = { owner: `files of ${request.ip}`, signal: goneFrom(reply) }
    const name = `${kind}-${heard.year}-${inFileName(place?.name ?? 'nation')}-${language.code}.pdf`
    const headers = reply.getHeaders() as Record<string, string>
    return readyFile(name, await printInTurn(sheet, turn), { ...headers, language: language.code })
  }
}

/** The page without a year is always there, and says that nothing can be read yet: the page of thanks leads to it. */
function unheardStatus({ params }: FastifyRequest, { unseen }: Pick<Found, 'unseen'>): number {
  if (unseen.why === 'withdrawn') return 410
  return (params as { year?: string }).year === undefined ? 200 : 404
}

/** What an address says of a page; nothing that is asked beside it changes one. */
const addressOf = ({ url }: FastifyRequest) => url.split('?', 1)[0]!
