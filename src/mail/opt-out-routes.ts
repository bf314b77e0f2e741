import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Language, Languages } from '../web/languages.ts'
import { sendPage } from '../web/page.ts'
import type { RenderPage } from '../web/views.ts'

export interface OptOutOptions {
  languages: Languages
  render: RenderPage
  /** Forgets the address that a token stands for; a token we did not write changes nothing. */
  optOut: (token: string) => Promise<void>
}

const params = z.object({ token: z.string() })

/**
 * No more mail. Looking changes nothing, for mail scanners look at every link; pressing the button does, and says the same to
 * everybody. The answer is the page itself and no redirect: mail programs press the button too (RFC 8058), and follow none.
 */
export async function optOutRoutes(app: FastifyInstance, { languages, render, optOut }: OptOutOptions): Promise<void> {
  const skip = (_request: unknown, _body: Buffer, done: (error: null) => void) => done(null)
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer', bodyLimit: 16 * 1024 }, skip)

  const view = (language: Language, token: string, isDone: boolean) => {
    const path = /^[\w-]{1,100}$/.test(token) ? `/stop/${token}` : ''
    return render('mail/stop', language, { isDone, path })
  }
  for (const language of languages.all) {
    app.get(`/${language.code}/stop/:token`, async (request, reply) => {
      const { token } = params.parse(request.params)
      return sendPage(request, reply, await view(language, token, false))
    })

    app.post(`/${language.code}/stop/:token`, async (request, reply) => {
      const { token } = params.parse(request.params)
      await optOut(token)
      return sendPage(request, reply, await view(language, token, true))
    })
  }
}
