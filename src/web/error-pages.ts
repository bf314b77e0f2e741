import { setImmediate as letOthersIn } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ZodError } from 'zod'
import { DomainError, defaultMessageKey, statusOf } from '../errors.ts'
import type { Language, Languages } from '../language/languages.ts'
import { type CountedLog, countFailure } from '../log/counted-log.ts'
import type { Addresses } from './near-addresses.ts'
import { preferredLanguage } from './negotiation.ts'
import { type ReadyPage, seeOther, sendPage } from './page.ts'
import type { RenderPage, Values } from './views.ts'

const kinds = ['notFound', 'unexpected', 'unavailable', 'tooMany', 'badRequest'] as const

/** The pages of everything that can go wrong, rendered once for the languages that are offered. */
export interface ErrorPages {
  /** The languages they are shown in. */
  offered: Languages
  find(language: Language, kind: string): ReadyPage
}

/** What the view of these pages is given. */
export interface ErrorViews {
  'response/message': {
    /** A key. */
    heading: string
    /** Keys. */
    texts: readonly string[]
    values?: Values
    link?: { href: string; key: string }
    /** What follows the language in the page's address. */
    path?: string
    /** Whether it runs no script. */
    isStill?: true
  }
}

export async function makeErrorPages(render: RenderPage<ErrorViews>, offered: Languages): Promise<ErrorPages> {
  const ready = new Map<string, ReadyPage>()
  for (const language of offered.all) {
    await letOthersIn()
    for (const kind of kinds) {
      const link = { href: `/${language.code}`, key: 'web.toStart' }
      const heading = { heading: `web.${kind}.title`, texts: [`web.${kind}.text`] }
      ready.set(`${language.code} ${kind}`, await render('response/message', language, { ...heading, link }))
    }
  }
  return { offered, find: ({ code }, kind) => ready.get(`${code} ${kind}`)! }
}

/**
 * What people see when something is refused or fails: a page in the language of the address, or else of their browser, that says
 * what to do. Only defects and failures of the database reach the log, as counts that name the defect: never an address, a URL, a
 * header or a body.
 */
export function addErrorPages(
  app: FastifyInstance,
  {
    errors,
    isPassing,
    findMeant,
    tellProgram,
    troubles,
  }: {
    errors: () => ErrorPages
    isPassing: (error: unknown) => boolean
    findMeant: Addresses['findMeant']
    /** Answers a program, which reads no pages. @returns whether it was one */
    tellProgram: (request: FastifyRequest, reply: FastifyReply, status: number) => boolean
    troubles: CountedLog
  },
): void {
  function sendError(request: FastifyRequest, reply: FastifyReply, kind: string, status: number): void {
    const seconds = { 503: '30', 429: '60' }[status] // tablets are counted for a minute
    if (seconds) reply.header('retry-after', seconds)
    if (tellProgram(request, reply, status)) return
    const { find, offered } = errors()
    const language = offered.find(request.url.split(/[/?]/)[1] ?? '') ?? preferredLanguage(request.headers, offered)
    sendPage(request, reply, find(language, kind), status)
  }

  app.setNotFoundHandler((request, reply) => {
    const meant = isLooking(request) ? findMeant(request.url) : undefined
    return meant ? seeOther(reply, meant) : sendError(request, reply, 'notFound', 404)
  })

  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    if (error instanceof DomainError) {
      const meant = error.code === 'not-found' && isLooking(request) ? findMeant(request.url) : undefined
      return meant ? seeOther(reply, meant) : sendError(request, reply, kindOf(error), statusOf[error.code])
    }
    if (error instanceof ZodError) return sendError(request, reply, 'badRequest', 400)
    const passing = isPassing(error)
    if (!passing && error.statusCode && error.statusCode < 500)
      return sendError(request, reply, 'badRequest', error.statusCode)

    countFailure(troubles, error, passing)
    return passing ? sendError(request, reply, 'unavailable', 503) : sendError(request, reply, 'unexpected', 500)
  })
}

/** The page of a refusal; one that only staff have words for is told as what it comes to. */
const kindOf = ({ code, messageKey }: DomainError) =>
  (kinds as readonly string[]).includes(messageKey) ? messageKey : defaultMessageKey[code]

/** Whether a request changes nothing, so that another address may be asked in its place. */
export const isLooking = ({ method }: FastifyRequest) => method === 'GET' || method === 'HEAD'
