import type { FastifyInstance, FastifyRequest } from 'fastify'

import * as z from 'zod'
import type { Language, Languages } from '../../language/languages.ts'
import { tokensMeant } from '../../web/near-addresses.ts'
import { sendPage } from '../../web/page.ts'
import type { RenderPage } from '../../web/views.ts'
import type { Views } from './views.ts'

export interface OptOutOptions {
  languages: Languages
  render: RenderPage<Views>
  /** Whether we wrote this token, whatever has become of its address since. */
  isOurs: (token: string) => boolean
  /** Forgets the address that a token stands for; a token we did not write changes nothing. */
  optOut: (token: string) => Promise<void>
}

type StopPage = Views['mail/stop']['page']

const params = z.object({ token: z.string().transform(tokensMeant) })

/**
 * No more mail. Looking changes nothing, for mail scanners look at every link; pressing the button does, and says the same to
 * everybody who has a link that we wrote. A link that was cut off is told so, to a mail program too. The answer is the page itself and no redirect: mail programs press the button too (RFC 8058), and follow none.
 */
export async function optOutRoutes(app: FastifyInstance, options: OptOutOptions): Promise<void> {
  const { languages, render, isOurs, optOut } = options
  const skip = (_request: unknown, _body: Buffer, done: (error: null) => void) => done(null)
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer', bodyLimit: 16 * 1024 }, skip)

  const tokenOf = (request: FastifyRequest) => {
    const meant = params.parse(request.params).token
    return meant.find(isOurs) ?? meant[0]!
  }
  const view = (language: Language, token: string, page: StopPage) => {
    const path = /^[\w-]{1,100}$/.test(token) ? `/stop/${token}` : ''
    return render('mail/stop', language, { page, path })
  }
  for (const language of languages.all) {
    app.get(`/${language.code}/stop/:token`, async (request, reply) => {
      const token = tokenOf(request)
      if (!isOurs(token)) return sendPage(request, reply, await view(language, token, 'stopBroken'), 400)
      return sendPage(request, reply, await view(language, token, 'stopPage'))
    })

    app.post(`/${language.code}/stop/:token`, async (request, reply) => {
      const token = tokenOf(request)
      if (!isOurs(token)) return sendPage(request, reply, await view(language, token, 'stopBroken'), 400)
      await optOut(token)
      return sendPage(request, reply, await view(language, token, 'stopped'))
    })
  }
}
