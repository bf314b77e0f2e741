import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type KnownReleases, knownReleases } from '../../actions/known-releases.ts'
import type { Language } from '../../language/languages.ts'
import { type Announcement, announcementsOf } from '../../results/announcements.ts'
import { isPracticeOf } from '../../results/release.ts'
import type { Release } from '../../results/release-store.ts'
import { askedForEachTime, entityTag, hasAlready } from '../../web/entity-tag.ts'
import { securityHeaders } from '../../web/security.ts'
import { atomFeed, type FeedEntry } from './feed.ts'
import { writtenIn } from './frame.ts'
import type { ResultsContext } from './results-pages.ts'

type Asking = Pick<ResultsContext, 'stores' | 'languages' | 'clock' | 'isPractice'> & {
  publicUrl: string
  language: Language
  /** Where the pages of results begin. */
  base: string
}

/** What was published and withdrawn, as a feed for programs that follow it. */
export function feedRoutes(app: FastifyInstance, asking: Asking): void {
  const releases = knownReleases(asking)

  app.get(`${asking.base}/feed.xml`, async (request, reply) => {
    const { rounds } = await releases()
    return send(request, reply, feedOf(rounds, asking))
  })
}

function feedOf(rounds: KnownReleases['rounds'], asking: Asking): string {
  const { languages, language, clock, publicUrl, base } = asking
  const t = (key: string, values?: Record<string, string>) => languages.text(language, key, values)
  const { time } = writtenIn(language)
  const entryOf = ({ kind, number, at, reason }: Announcement, { id, year, release }: Of): FeedEntry => {
    const isPractice = asking.isPractice || isPracticeOf(release)
    const what = kind === 'withdrawn' ? 'withdrawn' : reason === undefined ? 'published' : 'corrected'
    const said = t(`results.feed.${what}.text`, { year: String(year), number: String(number), time: time(at) })
    return {
      is: `${language.code} ${id} ${number} ${kind} ${at} ${release.hash}`,
      title: named(t(`results.feed.${what}.title`, { year: String(year) }), isPractice),
      summary: [isPractice && t('results.practice'), said, reason].filter(Boolean).join(' '),
      href: `${publicUrl}${base}/${year}?release=${number}`,
      at,
    }
  }
  const named = (title: string, isPractice: boolean) => (isPractice ? t('results.feed.practice', { title }) : title)
  return atomFeed({
    is: `${publicUrl}${base}`,
    title: named(t('results.feed.title'), asking.isPractice),
    subtitle: t('results.feed.subtitle'),
    author: t('results.survey'),
    language: language.code,
    self: `${publicUrl}${base}/feed.xml`,
    home: publicUrl + base,
    entries: rounds
      .flatMap(({ id, year, releases }) =>
        releases.flatMap((release) =>
          announcementsOf(release, clock())
            .filter(({ isPublic }) => isPublic)
            .map((one) => entryOf(one, { id, year, release })),
        ),
      )
      .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
      .reverse(),
  })
}

type Of = { id: string; year: number; release: Release }

/** Sends the feed, or no more than that it has not changed. */
function send(request: FastifyRequest, reply: FastifyReply, feed: string): FastifyReply {
  const tag = entityTag(feed)
  reply.headers({ ...securityHeaders, ...askedForEachTime, etag: tag })
  if (hasAlready(request, tag)) return reply.code(304).send()
  return reply.type('application/atom+xml; charset=utf-8').send(feed)
}
