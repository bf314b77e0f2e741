import type { FastifyInstance } from 'fastify'
import type { Languages } from '../../language/languages.ts'
import { sendPage } from '../../web/page.ts'
import { respondentHeaders } from '../../web/security.ts'
import type { Recording } from './audio.ts'
import { messages, type SurveyPages } from './pages.ts'

/** Pages that anybody may read and link to, in each language, and the recorded questions. */
export async function publicRoutes(
  app: FastifyInstance,
  { pages, languages, recordings }: { pages: () => SurveyPages; languages: Languages; recordings: Recording[] },
): Promise<void> {
  for (const language of languages.all) {
    app.get(`/${language.code}/accessibility`, async (request, reply) =>
      sendPage(request, reply, await pages().accessibility(language)),
    )
    for (const name of Object.keys(messages) as (keyof typeof messages)[]) {
      app.get(`/${language.code}/${name}`, async (request, reply) =>
        sendPage(request, reply, await pages().message(language, name)),
      )
    }
  }

  for (const { address, sound } of recordings) {
    // Not kept by the browser: a cached recording would tell later which questions were asked.
    app.get(address, async (_request, reply) => reply.headers(respondentHeaders).type('audio/mpeg').send(sound))
  }
}
