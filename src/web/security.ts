import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../errors.ts'

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** On every answer, of every route. */
export const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'x-robots-tag': 'noindex',
} as const

/** On everything a respondent is sent: nothing of it is kept by the browser or on the way. */
export const respondentHeaders = {
  ...securityHeaders,
  'cache-control': 'no-store',
  vary: 'accept-encoding, accept-language',
} as const

/**
 * Refuses a form that another site sent. Browsers say so themselves; those too old to say it are covered
 * by the SameSite cookie. The Origin header cannot help: under `no-referrer` browsers send it as null.
 * Refused with a DomainError `invalid`.
 */
export function refuseForeignForms(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  const site = request.method === 'POST' ? request.headers['sec-fetch-site'] : undefined
  const isForeign = site === 'cross-site' || site === 'same-site'
  done(isForeign ? new DomainError('invalid', 'A form of another site.') : undefined)
}
