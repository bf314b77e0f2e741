import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../errors.ts'

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** On every answer, of every route. */
export const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** On everything a respondent is sent: nothing of it is kept by the browser or on the way. */
export const respondentHeaders = {
  ...securityHeaders,
  'cache-control': 'no-store',
} as const

/** Where the service has an https address: browsers that have met it ask for nothing in clear any more, for a year. */
export const onlyHttps = { 'strict-transport-security': 'max-age=31536000' } as const

/** Adds that to every answer. Pages that are sent past Fastify have it among their own headers. */
export function sayOnlyHttps(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(onlyHttps)
    done()
  })
}

/** By which the refusal of such a form is known; what is told is that of a request that is not right. */
export const foreignForm = 'foreignForm'

/**
 * Makes every route that takes a form refuse one that another site sent, with a DomainError `invalid`. Browsers say so
 * themselves; those too old to say it are covered by the SameSite cookie, and by an Origin header that names another host than
 * the one that was asked and that of the service's address. Under `no-referrer` most send it as null, which says nothing. Call it
 * before the routes are added.
 */
export function refuseForeignForms(app: FastifyInstance, publicUrl: string): void {
  const own = new URL(publicUrl).host
  const refusal = () => new DomainError('invalid', 'A form of another site.', { messageKey: foreignForm })
  const refuse = (request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void) =>
    done(isForeign(request, own) ? refusal() : undefined)
  app.addHook('onRoute', (route) => {
    if ([route.method].flat().includes('POST')) route.onRequest = [refuse, route.onRequest ?? []].flat()
  })
}

function isForeign({ headers }: FastifyRequest, own: string): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers
  if (site) return site === 'cross-site' || site === 'same-site'
  if (!origin || !URL.canParse(origin)) return false
  const from = new URL(origin).host
  return from !== host && from !== own
}
