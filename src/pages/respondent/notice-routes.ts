import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isPassing } from '../../database/connection.ts'
import { DomainError } from '../../errors.ts'
import type { Languages } from '../../language/languages.ts'
import type { MunicipalityNotice } from '../../notice/responsible.ts'
import { registerOf } from '../../questionnaire/target-groups.ts'
import { preferredLanguage } from '../../web/negotiation.ts'
import { seeOther, sendPage } from '../../web/page.ts'
import type { NoticePages } from './notice-pages.ts'
import type { VisitCookie } from './visit-cookie.ts'

export interface NoticeRoutesOptions {
  notices: NoticePages
  languages: Languages
  offered: () => Languages
  visits: VisitCookie
  municipalityOf: (stratumId: string) => Promise<string | undefined>
}

/** The privacy notices: the general one, one for each municipality, and both for young people. */
export async function noticeRoutes(app: FastifyInstance, options: NoticeRoutesOptions): Promise<void> {
  const { notices, languages, offered, visits } = options

  for (const language of languages.all)
    for (const [path, name] of [
      [`/${language.code}/about`, 'about'],
      [`/${language.code}/about/young`, 'young'],
    ] as const) {
      app.get(path, async (request, reply) => sendPage(request, reply, await notices.notice(language, name)))
      app.get(`${path}/:code`, async (request, reply) =>
        sendPage(request, reply, await notices.notice(language, name, municipalityIn(request))),
      )
    }

  /**
   * The one for whoever is answering: a questionnaire is the same bytes for everybody of its group, and leads here. A code that
   * was used has a visit like any other.
   */
  app.get<{ Params: { mark: string } }>('/visit/:mark/about', async (request, reply) => {
    const visit = visits.read(request, request.params.mark)
    if (visit?.kind !== 'answering' || visit.expired) return toGeneral(request, reply)
    const municipality = await municipalityAt(visit.stratumId)
    const name = registerOf(visit.targetGroup) === 'young' ? 'young' : 'about'
    const language = languages.find(visit.language)
    if (!language) return toGeneral(request, reply)
    return sendPage(request, reply, await notices.notice(language, name, municipality))
  })

  function toGeneral(request: FastifyRequest, reply: FastifyReply) {
    return seeOther(reply, `/${preferredLanguage(request.headers, offered()).code}/about`)
  }

  function municipalityIn(request: FastifyRequest): MunicipalityNotice {
    const { code } = request.params as { code: string }
    const municipality = notices.find(code)
    if (!municipality) throw new DomainError('not-found', 'There is no such municipality.')
    return municipality
  }

  /** The general notice does for a moment when the database cannot be read. */
  async function municipalityAt(stratumId: string): Promise<MunicipalityNotice | undefined> {
    const code = await options.municipalityOf(stratumId).catch((error) => {
      if (!isPassing(error)) throw error
      return undefined
    })
    return code === undefined ? undefined : notices.find(code)
  }
}
