import Fastify, { type FastifyInstance } from 'fastify'
import { type Door, serverWithDoor } from './door.ts'
import type { ErrorPages } from './error-pages.ts'
import { withoutCapitals } from './near-addresses.ts'
import { trustOf } from './network.ts'

/** So long a request may take to arrive, with its body. A file of 5 MB comes in a minute and a half over 0.5 Mbit/s. */
const mostRequestMs = 120_000

/** Whoever takes no byte of an answer for so long is cut off, so that nobody fills the memory with files that they do not read. */
const mostStillMs = 180_000

/** A server behind a door, with its limits, that has no routes yet. */
export function makeServer(
  trustedProxies: string[],
  door: Door,
  errors: () => ErrorPages | undefined,
): FastifyInstance {
  const app: FastifyInstance = Fastify({
    serverFactory: serverWithDoor(door, errors),
    trustProxy: trustedProxies.length > 0 ? trustOf(trustedProxies) : false,
    bodyLimit: 16 * 1024,
    rewriteUrl: ({ method, url = '/' }) => (method === 'POST' ? withoutCapitals(url) : url),
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => app.errorHandler(error, request, reply),
    requestTimeout: mostRequestMs,
    connectionTimeout: mostStillMs,
    clientErrorHandler(error, socket) {
      if (socket.writable) socket.write(refusalOf(error.code))
      socket.destroySoon() // only ended, it would stand open until the other side closes too
    },
  })
  return app
}

const unread: Record<string, string> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
}

/**
 * What somebody is told whose request could not even be read: what they asked for is not known, so it is in the form that programs read,
 * of whichever site.
 */
function refusalOf(code: string): string {
  const status = unread[code] ?? '400 Bad Request'
  const body = JSON.stringify({ detail: status.slice(4) })
  return [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${body.length}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Access-Control-Allow-Origin: *',
    '',
    body,
  ].join('\r\n')
}
