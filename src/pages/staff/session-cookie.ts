import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** The cookie of somebody who is signed in, and the one by which their browser is known the next time. */
export interface SessionCookie {
  /** The token that the browser has brought, or has just been given. */
  read(request: FastifyRequest): string | undefined
  write(reply: FastifyReply, token: string): void
  clear(reply: FastifyReply): void
  /** What a browser brings in which somebody has signed in before; `undefined` for what was never given to one. */
  readDevice(request: FastifyRequest): string | undefined
  writeDevice(reply: FastifyReply, device: string): void
  /** Asks the browser to keep a cookie, with the page of a form that leads to one. */
  tryOut(request: FastifyRequest, reply: FastifyReply): void
  /** Whether the browser has brought what it was asked to keep. */
  isKept(request: FastifyRequest): boolean
}

const yearSeconds = 365 * 24 * 3600

/**
 * Lax, so that a link in an e-mail finds somebody signed in; every form has a token of its own besides.
 * @param app an instance with @fastify/cookie.
 * @param isDevice whether what a browser is known by was given to it by us
 */
export function sessionCookie(
  app: FastifyInstance,
  { isSecure, isDevice }: { isSecure: boolean; isDevice: (device: string) => boolean },
): SessionCookie {
  const prefix = isSecure ? '__Host-' : ''
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure } as const
  const read = (request: FastifyRequest, name: string) => {
    const header = request.headers.cookie
    return header === undefined ? undefined : app.parseCookie(header)[prefix + name] || undefined
  }
  const given = new WeakMap<FastifyRequest, string>()
  const write = (reply: FastifyReply, name: string, value: string, maxAge?: number) =>
    void reply.header('set-cookie', app.serializeCookie(prefix + name, value, { ...attributes, maxAge }))
  return {
    read: (request) => given.get(request) ?? read(request, 'staff'),
    write(reply, token) {
      given.set(reply.request, token)
      write(reply, 'staff', token)
    },
    clear: (reply) => write(reply, 'staff', '', 0),
    readDevice(request) {
      const device = read(request, 'device')
      return device !== undefined && isDevice(device) ? device : undefined
    },
    writeDevice: (reply, device) => write(reply, 'device', device, yearSeconds),
    tryOut(request, reply) {
      if (!read(request, 'kept')) write(reply, 'kept', 'yes')
    },
    isKept: (request) => read(request, 'kept') === 'yes',
  }
}
