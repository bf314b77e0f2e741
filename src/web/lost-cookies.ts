import type { FastifyRequest } from 'fastify'
import type { Log } from '../log/log.ts'

/** Whether a request may have come over http, though PUBLIC_URL says https. A proxy that does not say what it was met by is taken for it. */
export type MayBeHttp = (request: FastifyRequest) => boolean

export const mayBeHttp =
  (publicUrl: string): MayBeHttp =>
  ({ protocol, headers }) =>
    publicUrl.startsWith('https:') && protocol !== 'https' && headers['x-forwarded-proto'] !== 'https'

/** Is told of a request whose browser should have brought a cookie and did not. Tells whether it may be that it came over http. */
export type NoteLostCookie = (request: FastifyRequest) => 'http' | undefined

/**
 * Tells the operator, once, that pages are met over http though PUBLIC_URL says https: browsers then keep no cookie, and nobody gets
 * further than the first form. Behind a proxy that says https nothing is wrong here: that browser keeps none of its own accord.
 */
export function noteLostCookies(isHttp: MayBeHttp, log: Log): NoteLostCookie {
  let isNoted = false
  return (request) => {
    if (!isHttp(request)) return undefined
    if (isNoted) return 'http'
    isNoted = true
    log.warn(
      {},
      'a page was met over http, though PUBLIC_URL says https: browsers keep no cookies so, and nobody can sign in or answer',
    )
    return 'http'
  }
}
