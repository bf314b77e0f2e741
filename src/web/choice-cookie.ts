import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** What a member of staff chose last on this device. It is kept nowhere else, and of nobody. */
export interface Choice {
  stratumId?: string
  language?: string
}

const monthSeconds = 30 * 24 * 3600

/** @param app an instance with @fastify/cookie. */
export function choiceCookie(app: FastifyInstance, { isSecure }: { isSecure: boolean }) {
  const attributes = { path: '/staff', httpOnly: true, sameSite: 'lax', secure: isSecure } as const
  return {
    read(request: FastifyRequest): Choice {
      const { cookie = '' } = request.headers
      const [stratumId, language] = (app.parseCookie(cookie).offer ?? '').split(' ')
      return { stratumId, language }
    },
    write(reply: FastifyReply, { stratumId = '', language = '' }: Choice): void {
      const value = app.serializeCookie('offer', `${stratumId} ${language}`, { ...attributes, maxAge: monthSeconds })
      reply.header('set-cookie', value)
    },
  }
}
