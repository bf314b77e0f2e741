import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ZodError } from 'zod'
import { DomainError, type RefusalCode, statusOf } from '../../errors.ts'
import type { Languages } from '../../language/languages.ts'
import { type CountedLog, countFailure } from '../../log/counted-log.ts'
import type { CountRefusal } from '../../people/refusals.ts'
import { isLooking } from '../../web/error-pages.ts'
import type { Addresses } from '../../web/near-addresses.ts'
import { foreignForm, respondentHeaders } from '../../web/security.ts'
import { fieldsOf, withoutFiles } from './kept-forms.ts'
import { languageOf, type StaffPage } from './staff-page.ts'
import { shownOf } from './typed-fields.ts'
import type { Views } from './views.ts'

interface StaffErrorsOptions {
  page: StaffPage<Views>
  languages: Languages
  isPassing: (error: unknown) => boolean
  findMeant: Addresses['findMeant']
  troubles: CountedLog
  countRefusal: CountRefusal
}

/** What staff are told when something is not found, or goes wrong: in their language, with what they typed. */
export function addStaffErrors(area: FastifyInstance, options: StaffErrorsOptions): void {
  const { page, languages, isPassing, findMeant, troubles, countRefusal } = options

  area.addHook('onResponse', async (_request, { statusCode }) => {
    if (statusCode === 429) countRefusal('limit')
  })

  area.setNotFoundHandler((request, reply) => {
    const meant = isLooking(request) ? findMeant(request.url) : undefined
    return meant ? seeOtherPage(reply, meant) : page(request, reply, 'staff/message', message('notFound'), 404)
  })

  area.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    if (error instanceof DomainError) {
      if (error.messageKey === foreignForm) countRefusal('foreign form')
      const meant = error.code === 'not-found' && isLooking(request) ? findMeant(request.url) : undefined
      if (meant) return seeOtherPage(reply, meant)
      const language = languageOf(request, languages)
      const own = languages.has(language, `staff.web.${error.messageKey}.title`)
      const name = own ? error.messageKey : nameOf[error.code]
      const isUndone = error.code === 'unavailable' && error.messageKey !== 'notWrittenDown'
      if (isUndone) return sendAgain(request, reply, name, 503)
      return page(request, reply, 'staff/message', message(name), statusOf[error.code])
    }
    if (isPassing(error)) {
      countFailure(troubles, error, true)
      return sendAgain(request, reply.header('retry-after', '30'), 'unavailable', 503)
    }
    if (error.code === 'FST_REQ_FILE_TOO_LARGE' || error.statusCode === 413)
      return page(request, reply, 'staff/message', message('tooLarge'), 413)
    if (error instanceof ZodError || (error.statusCode && error.statusCode < 500))
      return page(request, reply, 'staff/message', message('badRequest'), 400)
    countFailure(troubles, error, false)
    return sendAgain(request, reply, 'unexpected', 500)
  })

  /** Says what went wrong. A form comes along with all that was typed, to be sent again with one press. */
  function sendAgain(request: FastifyRequest, reply: FastifyReply, name: string, status: number) {
    const given = request.body as { form?: unknown } | undefined
    const { rest, files } = withoutFiles(given)
    const fields = request.method === 'POST' ? fieldsOf(rest) : undefined
    if (!fields) return page(request, reply, 'staff/message', message(name), status)
    const form = { action: request.url, fields, files, token: String(given?.form ?? '') }
    const { title, text } = message(name)
    const data = { title, text, form, shown: shownOf(fields), isUnsure: status === 500 }
    return page(request, reply, 'staff/again', data, status)
  }
}

export const message = (name: string) => ({
  title: `staff.web.${name}.title`,
  text: `staff.web.${name}.text`,
  way: waysOn[name],
})

/** Where to go on after what was kept in memory only is gone; after everything else, home. */
const waysOn: Record<string, { href: string; key: string }> = {
  invitationsGone: { href: '/staff/email', key: 'staff.email.title' },
  listGone: { href: '/staff/email', key: 'staff.email.title' },
  printGone: { href: '/staff/print', key: 'staff.print.toBatches' },
}

const nameOf: Record<RefusalCode, string> = {
  'not-found': 'notFound',
  invalid: 'badRequest',
  conflict: 'conflict',
  'too-many': 'tooMany',
  unavailable: 'unavailable',
}

export const seeOtherPage = (reply: FastifyReply, address: string) =>
  reply.headers(respondentHeaders).redirect(address, 303)
