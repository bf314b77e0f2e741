import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type OpenedVisit, openVisit, sealVisit, type Visit } from './visit.ts'

/** Reads and writes the one cookie of a respondent. */
export interface VisitCookie {
  read(request: FastifyRequest): OpenedVisit | undefined
  write(reply: FastifyReply, visit: Visit): FastifyReply
  clear(reply: FastifyReply): FastifyReply
}

export interface VisitCookieOptions {
  key: Buffer
  isSecure: boolean
  maxAgeSeconds: number
  clock: () => Date
}

/** How long somebody who was thanked is still known as such, so that a second press or a refresh is met with the same page. */
const thankedSeconds = 10 * 60

/** @param app an instance with @fastify/cookie, whose parser and serialiser are used only where a visit is asked for. */
export function visitCookie(
  app: FastifyInstance,
  { key, isSecure, maxAgeSeconds, clock }: VisitCookieOptions,
): VisitCookie {
  const name = isSecure ? '__Host-visit' : 'visit'
  const attributes = { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure } as const

  return {
    read(request) {
      const header = request.headers.cookie
      const sealed = header && app.parseCookie(header)[name]
      return sealed ? openVisit(key, sealed, clock()) : undefined
    },
    write(reply, visit) {
      const seconds = visit.kind === 'thanked' ? thankedSeconds : maxAgeSeconds
      const sealed = sealVisit(key, visit, new Date(clock().getTime() + seconds * 1000))
      return reply.header('set-cookie', app.serializeCookie(name, sealed, { ...attributes, maxAge: seconds }))
    },
    clear: (reply) => reply.header('set-cookie', app.serializeCookie(name, '', { ...attributes, maxAge: 0 })),
  }
}
